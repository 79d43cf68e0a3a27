"""Demonstration requests, in every state."""
