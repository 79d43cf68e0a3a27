"""What every page says about the portal: its agency, its fixed parts, the reader's display."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.own import own_agencies
from disclosure.models import Agency, Publication

DISPLAYS = ("large", "contrast")
DISPLAY_COOKIE = "display"

# The fixed parts of the column (国办公开办函〔2019〕61号), and the views that belong to each.
PARTS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    ("home", _("Home"), frozenset()),
    ("guide", _("Disclosure guide"), frozenset({"agency-guide"})),
    ("rules", _("Disclosure rules"), frozenset({"rule", "agency-rules", "agency-rule"})),
    ("catalogue", _("Statutory disclosure"), frozenset({"publication", "search", "most-read"})),
    ("annual-reports", _("Annual reports"), frozenset({"annual-report", "figures"})),
    (
        "request-new",
        _("Request disclosure"),
        frozenset({"request-receipt", "request-track", "request"}),
    ),
)


def portal(request: HttpRequest) -> dict[str, Any]:
    """`portal` in every template. Nothing is asked of the database before a page uses it."""
    return {"portal": Portal(request)}


def portal_agency() -> tuple[Agency | None, bool]:
    """The agency whose portal this is, and whether demonstration content is loaded.

    One query, not remembered between pages: a change shows on the next one, in every process.
    """
    from django.db.models import Exists

    agency = (
        own_agencies()
        .annotate(
            demo_loaded=Exists(Publication.objects.filter(is_demo=True).order_by().values("pk"))
        )
        .first()
    )
    return agency, bool(agency and agency.demo_loaded)


@dataclass(frozen=True)
class NavItem:
    """One fixed part of the platform; `current` is a value of `aria-current` or empty."""

    name: str
    url: str
    label: str
    current: str


@dataclass(frozen=True)
class OtherLanguage:
    """The same page in the other language, that language's name in itself."""

    url: str
    lang: str
    name: str


class Portal:
    """What the page frame shows; one query at most, and only when something asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    # --- the agency ---------------------------------------------------------------------------
    @cached_property
    def _loaded(self) -> tuple[Agency | None, bool]:
        return portal_agency()

    @property
    def agency(self) -> Agency | None:
        return self._loaded[0]

    @property
    def is_demo(self) -> bool:
        return self._loaded[1]

    def _of_agency(self, field: str) -> str:
        return getattr(self.agency, field) if self.agency else ""

    @property
    def name(self) -> str:
        if self.agency:
            return self.agency.local_name
        return gettext("Government information disclosure")

    @property
    def name_is_local(self) -> bool:
        """False where an English page has to show the Chinese name."""
        return self.agency is None or self.lang != "en" or bool(self.agency.name_en)

    @property
    def site_name(self) -> str:
        """`SiteName` stays as registered, whatever the page's language."""
        return self._of_agency("site_name") or self.name

    @property
    def site_domain(self) -> str:
        return self._of_agency("site_domain") or self._request.get_host()

    @property
    def site_id_code(self) -> str:
        return self._of_agency("site_id_code")

    @property
    def icp_number(self) -> str:
        return self._of_agency("icp_number")

    @property
    def police_number(self) -> str:
        return self._of_agency("police_number")

    @property
    def address(self) -> str:
        return self._of_agency("address")

    @property
    def phone(self) -> str:
        return self._of_agency("phone")

    @property
    def email(self) -> str:
        return self._of_agency("email")

    @property
    def badge_url(self) -> str:
        return self._of_agency("badge_url")

    @property
    def fault_url(self) -> str:
        """Where faults of the site are reported (我为政府网站找错); else by e-mail."""
        return self._of_agency("fault_url") or (f"mailto:{self.email}" if self.email else "")

    # --- the page -----------------------------------------------------------------------------
    @property
    def lang(self) -> str:
        """The page's language as HTML names it."""
        return "en" if (get_language() or "").startswith("en") else "zh-Hans"

    @property
    def display(self) -> str:
        """What the reader chose: "", "large" (大字版) or "contrast" (高对比)."""
        chosen = self._request.COOKIES.get(DISPLAY_COOKIE, "")
        return chosen if chosen in DISPLAYS else ""

    @cached_property
    def display_url(self) -> str:
        """Address of the switch for this page; the chosen display is put at its end."""
        query = urlencode({"next": self._request.get_full_path()})
        return f"{reverse('display')}?{query}&to="

    @cached_property
    def _view_name(self) -> str:
        match = getattr(self._request, "resolver_match", None)
        return (match.view_name or "") if match else ""

    @property
    def is_home(self) -> bool:
        return self._view_name == "home"

    @cached_property
    def nav(self) -> list[NavItem]:
        items = []
        for name, label, belonging in PARTS:
            url = reverse(name)
            current = "true" if self._view_name in belonging else ""
            if self._view_name == name:
                current = "page"
            items.append(NavItem(name, url, str(label), current))
        return items

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """The page's languages with their whole addresses, for `hreflang`; none where there is no
        such page."""
        if not self._view_name:
            return []
        path = self._request.get_full_path()
        return [
            (lang, self._request.build_absolute_uri(translate_url(path, code)))
            for lang, code in (("zh-Hans", "zh-hans"), ("en", "en"), ("x-default", "zh-hans"))
        ]

    @cached_property
    def other_language(self) -> OtherLanguage:
        """The same address with its query; the front page where there is no such page."""
        code, lang, name = (
            ("zh-hans", "zh-Hans", "中文") if self.lang == "en" else ("en", "en", "English")
        )
        url = translate_url(self._request.get_full_path(), code)
        try:
            resolve(self._request.path_info)
        except Resolver404:
            with override(code):
                url = reverse("home")
        return OtherLanguage(url, lang, name)
