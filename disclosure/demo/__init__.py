"""Demonstration content of what is disclosed; its texts are in `texts/`."""
