"""The search over everything public."""
