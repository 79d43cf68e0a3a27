"""Measurements; never part of the tests, which time nothing."""
