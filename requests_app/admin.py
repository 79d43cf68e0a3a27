"""Gathers the staff pages and panels of this app's rooms; it holds none itself."""

from requests_app.casework import admin, panels  # noqa: F401  (they register themselves)
