"""Driving the staff area as a browser would: sign in, read a form's fields, send them back."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from disclosure.agencies.models import User

BACKEND = "disclosure.agencies.backends.RoleBackend"


def signed_in(client: Client, user: User) -> Client:
    """The client as `user`; the same again for another person."""
    client.force_login(user, backend=BACKEND)
    return client


class _Form(HTMLParser):
    """The successful controls of the page's main form."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self.inside = False
        self.select: str | None = None
        self.area: str | None = None
        self.options: dict[str, list[tuple[str, str]]] = {}
        self._option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = dict(attrs)
        if tag == "form":
            self.inside = (got.get("id") or "").endswith(("_form", "changelist-form")) or (
                "novalidate" in got and got.get("id") != "changelist-search"
            )
        if not self.inside:
            return
        name = got.get("name")
        if tag == "input" and name and "disabled" not in got:
            kind = got.get("type", "text")
            if kind in {"checkbox", "radio"} and "checked" not in got:
                return
            if kind in {"submit", "button", "file", "image"}:
                return
            self.data[name] = got.get("value") or ("on" if kind == "checkbox" else "")
        elif tag == "select" and name and "disabled" not in got:
            self.select = name
            self.options[name] = []
        elif tag == "option" and self.select:
            value = got.get("value") or ""
            self.options[self.select].append((value, ""))
            if "selected" in got or self.select not in self.data:
                self.data[self.select] = value
            self._option = self.select
        elif tag == "textarea" and name:
            self.area = name
            self.data[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "option":
            self._option = None
        elif tag == "textarea":
            if self.area:
                self.data[self.area] = self.data[self.area].removeprefix("\n")
            self.area = None
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data[self.area] += data
        elif self._option:
            value, text = self.options[self._option][-1]
            self.options[self._option][-1] = (value, (text + data).strip())


def _read(response: Any) -> _Form:
    parser = _Form()
    parser.feed(response.content.decode())
    return parser


def form_data(response: Any) -> dict[str, Any]:
    """What a browser would send from the page's form if nothing were typed.

    The empty template rows of inlines (`__prefix__`) are left out.
    """
    data = _read(response).data
    return {name: value for name, value in data.items() if "__prefix__" not in name}


def choices(response: Any, name: str) -> dict[str, str]:
    """The options of a select: value → text, the empty one left out."""
    return {value: text for value, text in _read(response).options[name] if value}


def errors(response: Any) -> list[str]:
    """Every error that the form page says."""
    context = response.context
    found = [str(one) for one in context["adminform"].form.non_field_errors()]
    for messages in context["adminform"].form.errors.values():
        found.extend(str(one) for one in messages)
    for formset in context["inline_admin_formsets"]:
        found.extend(str(one) for one in formset.non_form_errors())
        for form_errors in formset.formset.errors:
            for messages in form_errors.values():
                found.extend(str(one) for one in messages)
    return list(dict.fromkeys(found))
