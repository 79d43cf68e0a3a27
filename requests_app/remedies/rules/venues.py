"""Which body hears a reconsideration and which court a lawsuit, by the agency's kind and level.

One table. It gives the kind of body; the names in letters are the agency's own settings, which
also decide where a cell leaves a choice. Articles are those of the Administrative Reconsideration
Law in force since 2024-01-01 (行政复议法 Art. 24–28); courts follow the Administrative Litigation
Law (行政诉讼法 Art. 14, 15, 18).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from disclosure.core.text import gettext_noop as _


class Body(StrEnum):
    """Which body hears the reconsideration (行政复议机关)."""

    OWN_GOVERNMENT = "own_government"
    UPPER_GOVERNMENT = "upper_government"
    ITSELF = "itself"
    UPPER_DEPARTMENT = "upper_department"


class Court(StrEnum):
    """Which court hears the lawsuit in first instance, at the agency's seat."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"


BODY_LABELS: Final[dict[Body, str]] = {
    Body.OWN_GOVERNMENT: _("The people's government of the same level"),  # 本级人民政府
    Body.UPPER_GOVERNMENT: _("The people's government one level up"),  # 上一级人民政府
    Body.ITSELF: _("The agency itself"),  # 本机关
    Body.UPPER_DEPARTMENT: _("The competent department one level up"),  # 上一级主管部门
}
COURT_LABELS: Final[dict[Court, str]] = {
    Court.BASIC: _("The basic people's court at the agency's seat"),  # 所在地基层人民法院
    Court.INTERMEDIATE: _("The intermediate people's court at the agency's seat"),  # 中级人民法院
}


@dataclass(frozen=True)
class Venue:
    """One cell. None: the law does not settle it for the whole cell, and `note` says why; else
    `note` says which of these agencies have another body or court.
    """

    body: Body | None
    court: Court | None
    article: str = ""
    note: str = ""


KINDS: Final = ("government", "department", "vertical", "branch", "authorised", "public_body")
LEVELS: Final = ("national", "province", "city", "county", "township")

_STATE_COUNCIL = _("Acts of the State Council are not open to these remedies.")
_NO_DEPARTMENTS = _(
    "Townships have no departments: their offices act in the name of the township government, "
    "whose acts go to the county government."
)
_JUSTICE = _(
    "For the justice department that handles reconsideration, the upper justice department may "
    "be asked too."
)
_CUSTOMS = _("Lawsuits against the customs go to the intermediate people's court.")
_NATIONAL_BRANCH = _("The State Council department that set up the branch office hears it.")
_NATIONAL_AUTHORISED = _(
    "The State Council department that manages the organisation hears it. One that the State "
    "Council itself set up with a department's powers may count as a department."
)
_BY_DISTRICT = _(
    "The level is that of the department that set up the branch office. If it did so by "
    "administrative division, the government at the branch's seat may be asked too."
)
_STREET = _("A street or area office: the government that set it up.")
_AUTHORISED_LEVEL = _("The level is that of the government or department that manages it.")
_AUTHORISED_TOWNSHIP = _("The law names no body for organisations managed by a township.")
_OTHER_RULES = _(
    "Public bodies follow rules of their own (Art. 55); these remedies are not theirs."
)

_OWN, _UPPER, _SELF, _DEPARTMENT = Body
_BASIC, _MIDDLE = Court

_ROWS: Final[dict[str, tuple[Venue, Venue, Venue, Venue, Venue]]] = {
    # national, province, city, county, township
    "government": (
        Venue(None, None, note=_STATE_COUNCIL),
        Venue(_SELF, _MIDDLE, "24(2)"),
        Venue(_UPPER, _MIDDLE, "24(1)(2)"),
        Venue(_UPPER, _MIDDLE, "24(1)(2)"),
        Venue(_UPPER, _BASIC, "24(1)(2)"),
    ),
    "department": (
        Venue(_SELF, _MIDDLE, "25(1)"),
        Venue(_OWN, _BASIC, "24(1)(1)", _JUSTICE),
        Venue(_OWN, _BASIC, "24(1)(1)", _JUSTICE),
        Venue(_OWN, _BASIC, "24(1)(1)", _JUSTICE),
        Venue(None, _BASIC, note=_NO_DEPARTMENTS),
    ),
    "vertical": (
        Venue(_SELF, _MIDDLE, "25(1)"),
        Venue(_DEPARTMENT, _BASIC, "27", _CUSTOMS),
        Venue(_DEPARTMENT, _BASIC, "27", _CUSTOMS),
        Venue(_DEPARTMENT, _BASIC, "27", _CUSTOMS),
        Venue(_DEPARTMENT, _BASIC, "27", _CUSTOMS),
    ),
    "branch": (
        Venue(_DEPARTMENT, _BASIC, "25(2)", _NATIONAL_BRANCH),
        Venue(_OWN, _BASIC, "24(4)", _BY_DISTRICT),
        Venue(_OWN, _BASIC, "24(4)", _BY_DISTRICT),
        Venue(_OWN, _BASIC, "24(4)"),
        Venue(_UPPER, _BASIC, "24(1)(3)", _STREET),
    ),
    "authorised": (
        Venue(_DEPARTMENT, _BASIC, "25(3)", _NATIONAL_AUTHORISED),
        Venue(_OWN, _BASIC, "24(1)(4)", _AUTHORISED_LEVEL),
        Venue(_OWN, _BASIC, "24(1)(4)", _AUTHORISED_LEVEL),
        Venue(_OWN, _BASIC, "24(1)(4)", _AUTHORISED_LEVEL),
        Venue(None, _BASIC, note=_AUTHORISED_TOWNSHIP),
    ),
    "public_body": (Venue(None, None, note=_OTHER_RULES),) * 5,
}

VENUES: Final[dict[tuple[str, str], Venue]] = {
    (kind, level): venue
    for kind, row in _ROWS.items()
    for level, venue in zip(LEVELS, row, strict=True)
}


def venue_of(kind: str, level: str) -> Venue:
    """The cell of an agency's kind and level, as `Agency.Kind` and `Agency.Level` name them."""
    return VENUES[kind, level]
