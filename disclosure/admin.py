"""Gathers the staff pages and panels of this app's rooms; it holds none itself."""
