"""`{{ name|tongue }}`: the `lang` of a text that may have stayed Chinese on an English page."""

import re

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LANG, _NONE = SafeString(' lang="zh-Hans"'), SafeString("")


@register.filter
def tongue(text: object) -> SafeString:
    """The attribute where a voice for English would read `text` as noise; else nothing."""
    english = (get_language() or "").startswith("en")
    return _LANG if english and _CHINESE.search(str(text)) else _NONE
