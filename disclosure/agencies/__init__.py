"""Agencies (行政机关) as a tree, their offices, staff, and the one table of who may do what."""
