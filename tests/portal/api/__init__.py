"""A package, so that its world (`conftest.py`) is made for its tests and taken down after them."""
