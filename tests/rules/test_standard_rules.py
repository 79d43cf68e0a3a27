"""The 26 areas, and which publications an item of a standard catalogue takes."""

import pytest

from disclosure.standards.areas import AREAS, BY_NAME
from disclosure.standards.rules import plain, rule_of

SOME = frozenset({3, 4})


def test_the_areas() -> None:
    assert len(AREAS) == 26
    assert len({area.key for area in AREAS}) == 26
    assert all(area.name_en and area.key == area.key.lower() for area in AREAS)
    assert BY_NAME["重大建设项目"] == BY_NAME["projects"] == "projects"
    words = [word for area in AREAS for word in (area.key, area.name, *area.aliases)]
    assert len(words) == len(set(words)), "a name belongs to one area"


@pytest.mark.parametrize(
    ("categories", "keywords", "matter", "title", "category", "taken"),
    [
        (SOME, [], "批准结果", "随便什么", 3, True),
        (SOME, [], "批准结果", "批准结果", 5, False),
        (SOME, ["中标"], "招标", "中标结果公告", 3, True),
        (SOME, ["中标"], "招标", "招标公告", 3, False),
        (None, ["ＰＰＰ"], "项目", "关于 ppp 项目的公告", 9, True),
        (None, [], "批准结果信息", "某工程批准结果信息公告", 9, True),
        (None, [], "招标", "招标公告", 9, False),
        (None, [], "", "招标公告", 9, False),
    ],
)
def test_what_an_item_takes(
    categories: frozenset[int] | None,
    keywords: list[str],
    matter: str,
    title: str,
    category: int,
    taken: bool,
) -> None:
    rule = rule_of(categories, keywords, matter)
    assert rule.takes(plain(title), "", category) is taken


def test_keywords_of_the_publication_count_too() -> None:
    assert rule_of(None, ["中标"], "").takes(plain("公告"), plain("工程；中 标"), 1)
