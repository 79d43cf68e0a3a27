"""Consecutive serials without gap or duplicate."""
