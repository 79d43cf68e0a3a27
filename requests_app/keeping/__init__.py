"""Keeping and erasing: the personal data of requests whose retention period is over."""
