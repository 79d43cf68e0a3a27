"""Grounds for not disclosing (Art. 14–16, 36(7)): one table, used by publications and requests."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Ground:
    """A ground (不予公开理由). `remedy_first`: reconsideration must come before court
    (Administrative Reconsideration Law, Art. 23(1)(4), with 法释〔2025〕8号); None: unsettled.
    """

    key: str
    label: str | Promise
    article: str
    remedy_first: bool | None


GROUNDS: dict[str, Ground] = {
    ground.key: ground
    for ground in (
        Ground("state_secret", _("State secret"), "14", True),
        Ground("forbidden_by_law", _("Disclosure forbidden by law or regulation"), "14", True),
        Ground(
            "security_stability",
            _("Endangers national, public or economic security or social stability"),
            "14",
            True,
        ),
        Ground("third_party", _("Lawful interests of a third party"), "15", True),
        Ground("internal_affairs", _("Internal affairs information"), "16(1)", True),
        Ground("process", _("Process information"), "16(2)", True),
        Ground("enforcement_file", _("Administrative enforcement file"), "16(2)", True),
        Ground("administrative_inquiry", _("Matter of an administrative inquiry"), "36(7)", None),
    )
}

CHOICES = [(ground.key, ground.label) for ground in GROUNDS.values()]
