"""How found personal data are masked in what is published (domain practice): a mobile keeps its
first three and last four digits, an ID number its first and last four, a card its last four, an
address ends with the township or the street. Pure.
"""

import re

from disclosure.findings.detectors.digits import narrow

STAR = "*"
#: Digits left at the beginning and at the end.
_KEPT = {
    "resident_id": (4, 4),
    "like_resident_id": (4, 4),
    "mobile": (3, 4),
    "bank_card": (0, 4),
}
_TOWNSHIP = re.compile(r"^.*?(?:街道(?:办事处)?|[镇乡](?!政府))")
_STREET = re.compile(r"^.*?(?:大道|大街|路|街|巷|弄|胡同)(?=.*\d)")
_DISTRICT = re.compile(r"^.*(?:[省市县旗州盟]|(?<!小)区)")
_HIDDEN = STAR * 4
_LONG_NUMBER = re.compile(r"\d{7,}[Xx]?")


def masked(rule: str, text: str) -> str:
    """`text` so masked that what `rule` looks for is no longer in it."""
    if rule in _KEPT:
        return _digits(text, *_KEPT[rule])
    return _address(text)


def _digits(text: str, first: int, last: int) -> str:
    """Signs between the digits stay, so that length and look are kept."""
    places = [place for place, sign in enumerate(narrow(text)) if sign.isdigit() or sign in "Xx"]
    hidden = set(places[first : len(places) - last])
    return "".join(STAR if place in hidden else sign for place, sign in enumerate(text))


def _address(text: str) -> str:
    """Down to the township, else to the street, else to the district."""
    for part in (_TOWNSHIP, _STREET, _DISTRICT):
        found = part.match(text)
        if found:
            return found[0] + _HIDDEN
    return _HIDDEN


def shown(rule: str, text: str, *, personal: bool, longest: int = 60) -> str:
    """What may be kept of a finding's text: masked where it is somebody's, else shortened."""
    clear = masked(rule, text) if personal else _LONG_NUMBER.sub(_HIDDEN, text)
    if rule == "name_with_id":
        clear = text[:1] + STAR * (len(text) - 1)
    one_line = " ".join(clear.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1] + "…"
