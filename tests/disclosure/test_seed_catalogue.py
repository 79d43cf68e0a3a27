"""The categories that a portal begins with."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from disclosure.catalogue.seed import SEEDS, Seed
from disclosure.findings.wordings import GENERAL
from disclosure.models import Category
from disclosure.search.seed import COMMON
from tests import factories as f


def every(seeds: tuple[Seed, ...] = SEEDS) -> list[Seed]:
    return [one for seed in seeds for one in (seed, *every(seed.below))]


def test_all_fifteen_items_of_article_20_and_article_21_are_there() -> None:
    articles = {seed.article for seed in SEEDS}
    assert {f"20({number})" for number in range(1, 16)} | {"21"} <= articles


def test_codes_are_unique_and_fit_an_address() -> None:
    codes = [seed.code for seed in every()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z][a-z-]{1,31}", code) for code in codes)


def test_every_category_has_both_names_each_once() -> None:
    for names in ([seed.name for seed in every()], [seed.name_en for seed in every()]):
        assert all(names)
        assert len(names) == len(set(names))


@pytest.mark.django_db
def test_seeding_twice_adds_nothing_and_changes_nothing() -> None:
    f.make_category("fees", name="自定义收费")
    out = StringIO()
    call_command("seed_catalogue", stdout=out)
    assert out.getvalue().splitlines() == [
        f"categories added: {len(every()) - 1}",
        "areas of the standard catalogues added: 26",
        f"general wordings added: {len(GENERAL)}",
        f"common short forms added: {len(COMMON)}",
    ]
    assert Category.objects.get(code="fees").name == "自定义收费"
    penalties = Category.objects.get(code="penalties")
    assert Category.objects.get_parent(penalties).code == "enforcement"
    assert penalties.document_type == "penalty"
    before = list(Category.objects.values_list("path", "code"))
    out = StringIO()
    call_command("seed_catalogue", stdout=out)
    assert out.getvalue().splitlines() == [
        "categories added: 0",
        "areas of the standard catalogues added: 0",
        "general wordings added: 0",
        "common short forms added: 0",
    ]
    assert list(Category.objects.values_list("path", "code")) == before
    assert Category.objects.find_problems() == ([], [], [], [], [])
