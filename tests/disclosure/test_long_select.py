"""A long select reads as Django's own, whatever is in it."""

import pytest
from django import forms
from django.test import SimpleTestCase

from disclosure.core.long_select import LongSelect

CHOICES = [
    ("", "All"),
    ("A", [("A", "<甲> (all)"), ("A1", '\u3000甲一 & "乙"')]),
    ("B", "乙"),
    ("<C>", [("C1", "丙一")]),
]


@pytest.mark.parametrize("value", [None, "", "A1", "B", "C1", "no such"])
def test_as_django_writes_it(value: str | None) -> None:
    attrs = {"id": "id_agency", "required": True}
    own, long = (
        widget(choices=CHOICES, attrs={"class": "wide"}).render("agency", value, attrs)
        for widget in (forms.Select, LongSelect)
    )
    SimpleTestCase().assertHTMLEqual(own, long)
