"""Gathers the staff pages and panels of this app's rooms; it holds none itself."""

from disclosure.agencies import admin as agencies  # noqa: F401  (they register themselves)
from disclosure.catalogue import admin as catalogue  # noqa: F401
