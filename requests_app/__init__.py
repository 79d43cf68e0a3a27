"""Disclosure requests (依申请公开), from the form to the answer."""
