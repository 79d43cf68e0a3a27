"""Saved filters of the list of requests: each person's own bookmarks, links and nothing more."""
