"""A state as a small label in a list."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString


def pill(text: str | Promise, tone: str = "") -> SafeString:
    """`text` in a pill; `tone` is one of ok, warn, bad, off, or nothing."""
    return format_html('<span class="pill {}">{}</span>', tone, text)
