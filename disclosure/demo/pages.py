"""Guides (指南) and rules (制度) of the demonstration's agencies, usable as they are."""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePath

from disclosure.agencies.models import Agency
from disclosure.catalogue import actions
from disclosure.catalogue.models import Guide, Rule
from disclosure.core.dates import start_of
from disclosure.demo import texts
from disclosure.demo.agencies import PROVINCE
from disclosure.demo.markup import to_html

CITY_RULE = "disclosure-work"


def load_guides(agencies: Iterable[Agency]) -> int:
    """Add the guides that are missing; how many."""
    have = set(Guide.objects.values_list("agency_id", flat=True))
    missing = [agency for agency in agencies if agency.pk not in have]
    for agency in missing:
        actions.create_guide(actor=None, guide=Guide(agency=agency, **guide_texts(agency)))
    return len(missing)


def guide_texts(agency: Agency) -> dict[str, str]:
    """The parts of an agency's guide as HTML (Art. 12)."""
    file = "guides/province.txt" if agency.code == PROVINCE else "guides/city.txt"
    parts = texts.parts(file, name=agency.name, code=agency.code)
    return {part: to_html(parts[part]) for part in Guide.PARTS}


def load_rules(agencies: Iterable[Agency]) -> int:
    """Add the rules that are missing; how many."""
    have = set(Rule.objects.values_list("agency_id", "slug"))
    added = 0
    for agency in agencies:
        for rule in _rules(agency):
            if (agency.pk, rule.slug) not in have:
                actions.create_rule(actor=None, rule=rule)
                made = start_of(rule.made_on or dt.date(2019, 5, 15))
                Rule.objects.filter(pk=rule.pk).update(updated_at=made)
                added += 1
    return added


def _rules(agency: Agency) -> list[Rule]:
    if agency.code != PROVINCE:
        return [_rule(agency, CITY_RULE, "rules/city.txt", 10)]
    files = sorted(path.name for path in (texts.FOLDER / "rules").glob("[0-9]-*.txt"))
    return [
        _rule(agency, PurePath(name).stem[2:], f"rules/{name}", 10 * order)
        for order, name in enumerate(files, 1)
    ]


def _rule(agency: Agency, slug: str, name: str, order: int) -> Rule:
    text = next(texts.read(name))
    return Rule(
        agency=agency,
        slug=slug,
        title=text.get("标题").replace("{name}", agency.name),
        body=to_html(text.body),
        made_on=dt.date.fromisoformat(text.get("成文日期")),
        order=order,
        is_published=True,
        is_demo=True,
    )
