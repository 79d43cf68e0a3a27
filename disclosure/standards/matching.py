"""Which publications belong to the items: found when something is published, when an item
changes, and once a day for what came by other ways. What staff said stands.

Links are kept for whatever state a publication is in; who shows them asks what is public.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication
from disclosure.standards.models import StandardItem, StandardLink
from disclosure.standards.rules import Rule, plain, rule_of

#: The newest so many are kept for an item.
MOST = 500
CHUNK = 2000
FOUND = StandardLink.Kind.FOUND


def rules_of(items: Iterable[StandardItem]) -> dict[int, Rule]:
    """The rule of each item by its key; a category means it and all below it. One query."""
    paths = dict(Category.objects.values_list("pk", "path"))
    by_path = {path: key for key, path in paths.items()}

    def below(category: int | None) -> frozenset[int] | None:
        if category is None:
            return None
        top = paths[category]
        return frozenset(key for path, key in by_path.items() if path.startswith(top))

    return {
        item.pk: rule_of(below(item.category_id), item.keyword_list, item.level2 or item.level1)
        for item in items
    }


def match_publication(publication: Publication) -> int:
    """Join one publication to the items of its agency; how many it belongs to. Three queries at
    an agency with a standard catalogue, one elsewhere."""
    items = list(StandardItem.objects.filter(agency=publication.agency_id, is_active=True))
    if not items:
        return 0
    title, words = plain(publication.title), plain(publication.keywords)
    rules = rules_of(items)
    wanted = {
        key for key, rule in rules.items() if rule.takes(title, words, publication.category_id)
    }
    links = StandardLink.objects.filter(publication=publication)
    links.filter(kind=FOUND).exclude(item__in=wanted).delete()
    StandardLink.objects.bulk_create(
        [StandardLink(item_id=key, publication=publication, kind=FOUND) for key in sorted(wanted)],
        ignore_conflicts=True,
    )
    return len(wanted)


def rematch(items: QuerySet[StandardItem]) -> int:
    """Find the publications of these items anew, agency by agency in steady memory; how many
    links were made or dropped."""
    changed = 0
    found = items.order_by("agency", "pk").values_list("agency", flat=True).distinct()
    for agency in found:
        changed += _rematch(agency, list(items.filter(agency=agency)))
    return changed


def _rematch(agency: int, items: list[StandardItem]) -> int:
    rules = {
        item.pk: rule
        for item, rule in zip(items, rules_of(items).values(), strict=True)
        if item.is_active
    }
    wanted: dict[int, set[int]] = {item.pk: set() for item in items}
    rows = (
        Publication.objects.filter(agency=agency, state=State.PUBLISHED)
        .order_by("-published_at", "-id")
        .values_list("pk", "title", "keywords", "category_id")
    )
    for key, title, keywords, category in rows.iterator(chunk_size=CHUNK):
        title, keywords = plain(title), plain(keywords)
        for item, rule in rules.items():
            if len(wanted[item]) < MOST and rule.takes(title, keywords, category):
                wanted[item].add(key)
    changed = 0
    for item, keys in wanted.items():
        links = StandardLink.objects.filter(item=item)
        there = dict(links.values_list("publication", "kind"))
        gone = [key for key, kind in there.items() if kind == FOUND and key not in keys]
        new = [
            StandardLink(item_id=item, publication_id=key, kind=FOUND) for key in keys - {*there}
        ]
        for start in range(0, len(gone), MOST):
            links.filter(kind=FOUND, publication__in=gone[start : start + MOST]).delete()
        StandardLink.objects.bulk_create(new, batch_size=CHUNK, ignore_conflicts=True)
        changed += len(gone) + len(new)
    return changed


def rematch_agency(agency: Agency) -> int:
    """All items of an agency, for instance after an import of publications."""
    return rematch(StandardItem.objects.filter(agency=agency))


def sweep() -> int:
    """The daily job: every item of every agency."""
    return rematch(StandardItem.objects.all())
