"""Limits on attempts, shared by all processes."""
