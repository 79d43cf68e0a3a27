"""Guides (指南) and rules (制度) of the demonstration's agencies, usable as they are."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.catalogue import page_actions
from disclosure.catalogue.models import Guide, Rule
from disclosure.core.dates import start_of
from disclosure.demo import texts
from disclosure.demo.agencies import PROVINCE
from disclosure.demo.markup import to_html
from disclosure.demo.publications import TAKEN_OVER, taking_over_signer
from disclosure.publications import actions as publishing
from disclosure.publications.lifecycle import PUBLISH
from disclosure.publications.models import Publication

CITY_RULE = "disclosure-work"
#: When the Regulation of 2019 was in force, every guide was written anew.
GUIDES_MADE = dt.date(2019, 5, 15)


def load_guides(agencies: Iterable[Agency], people: Mapping[str, User]) -> int:
    """Add the guides that are missing; how many."""
    have = set(Guide.objects.values_list("agency_id", flat=True))
    missing = [agency for agency in agencies if agency.pk not in have]
    for agency in missing:
        guide = page_actions.create_guide(
            actor=None,
            guide=Guide(agency=agency, **guide_texts(agency)),
            date_made=GUIDES_MADE,
            is_demo=True,
        )
        _take_over(guide, people)
    return len(missing)


def _take_over(page: Guide | Rule, people: Mapping[str, User]) -> None:
    """Put it out on the day it was made, under the blanket sign-off of the agency's publisher."""
    draft = page.publication
    if draft is None or draft.date_made is None:
        raise ValueError(str(page))
    made = start_of(draft.date_made)
    Publication.objects.filter(pk=draft.pk).update(published_at=made)
    publisher = people.get("publisher")
    if publisher is None or not rights.allows(publisher, PUBLISH, draft):
        publisher = taking_over_signer(page.agency)
    with publishing.blanket(signed_by=publisher, note=TAKEN_OVER) as sign_off:
        publishing.take_over(publication=draft, sign_off=sign_off)
    Publication.objects.filter(pk=draft.pk).update(created_at=made, updated_at=made)
    type(page)._default_manager.filter(pk=page.pk).update(updated_at=made)


def guide_texts(agency: Agency) -> dict[str, str]:
    """The parts of an agency's guide as HTML (Art. 12)."""
    file = "guides/province.txt" if agency.code == PROVINCE else "guides/city.txt"
    parts = texts.parts(file, name=agency.name, code=agency.code)
    return {part: to_html(parts[part]) for part in Guide.PARTS}


def load_rules(agencies: Iterable[Agency], people: Mapping[str, User]) -> int:
    """Add the rules that are missing; how many."""
    have = set(Rule.objects.values_list("agency_id", "slug"))
    added = 0
    for agency in agencies:
        for rule, text in _rules(agency):
            if (agency.pk, rule.slug) not in have:
                page_actions.create_rule(actor=None, rule=rule, text=text)
                _take_over(rule, people)
                added += 1
    return added


def _rules(agency: Agency) -> list[tuple[Rule, page_actions.Text]]:
    if agency.code != PROVINCE:
        return [_rule(agency, CITY_RULE, "rules/city.txt", 10)]
    files = sorted(path.name for path in (texts.FOLDER / "rules").glob("[0-9]-*.txt"))
    return [
        _rule(agency, PurePath(name).stem[2:], f"rules/{name}", 10 * order)
        for order, name in enumerate(files, 1)
    ]


def _rule(agency: Agency, slug: str, name: str, order: int) -> tuple[Rule, page_actions.Text]:
    text = next(texts.read(name))
    return Rule(agency=agency, slug=slug, order=order, is_demo=True), page_actions.Text(
        title=text.get("标题").replace("{name}", agency.name),
        body=to_html(text.body),
        date_made=dt.date.fromisoformat(text.get("成文日期")),
    )
