"""The demonstration's life of documents: links between them, a corrected document with its earlier
version, a closed clean-up round. Made through the actions, by the demonstration's accounts.
"""

import datetime as dt

from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category
from disclosure.core.dates import legal_day
from disclosure.demo.agencies import PROVINCE
from disclosure.life import relating, rounds
from disclosure.life.kinds import Kind
from disclosure.life.models import CleanUpRound, Relation
from disclosure.life.round_steps import Decision
from disclosure.publications import actions, review
from disclosure.publications.models import Publication

CAST = ("editor", "reviewer", "publisher")
#: By index number: what the texts of the demonstration say of each other.
LINKS = (
    ("LNRF/2019-00013", Kind.INTERPRETS, "LNRF/2019-00012"),
    ("LNRF/2021-00009", Kind.INTERPRETS, "LNRF/2021-00008"),
    ("LNRF/2023-00007", Kind.INTERPRETS, "LNRF/2023-00006"),
    ("LNRF/2025-00011", Kind.INTERPRETS, "LNRF/2025-00010"),
    ("LNRF/2019-00012", Kind.REPEALS, "LNRF/2013-00009"),
    ("LNRF/2021-00008", Kind.AMENDS, "LNRF/2016-00014"),
    ("LNRF/2022-00016", Kind.RELATED, "LNRF/2023-00006"),
)
CORRECTED = "LNRF/2025-00010"
WRONG, RIGHT = "提前15日公示", "提前10日公示"
LAST_DAY = dt.date(2027, 6, 30)
CHANGE_NOTE = "勘误：第七条的公示时间应为“提前10日”；补充标注试行期限届满日。"
#: What the round ends; all else stays in force.
ENDED = "LNRF/2015-00018"
REASON = "主要内容已被新的规定代替，不再适用。"
BEGUN = dt.timedelta(days=40)
CHECKED = dt.timedelta(days=2)
YES = dict.fromkeys(review.KEYS, review.YES)


def load_life(agencies: dict[str, Agency], people: dict[str, User], *, at: dt.datetime) -> int:
    """Add what is missing; how many things. Without the accounts nothing: somebody has to sign."""
    if any(name not in people for name in CAST):
        return 0
    numbers = {one for source, _kind, target in LINKS for one in (source, target)}
    items = {
        one.index_number: one
        for one in Publication.objects.visible_to_public(at).filter(
            index_number__in=numbers | {ENDED}, is_demo=True
        )
    }
    done = _link(items, people["editor"], at)
    done += _correct(items.get(CORRECTED), people, at)
    done += _clean_up(agencies[PROVINCE], people, at)
    return done


def _link(items: dict[str, Publication], editor: User, at: dt.datetime) -> int:
    done = 0
    for source, kind, target in LINKS:
        if source not in items or target not in items:
            continue
        relation = Relation(source=items[source], kind=kind, target=items[target])
        if items[source].relations.filter(kind=kind, target=items[target]).exists():
            continue
        relating.relate(actor=editor, relation=relation, at=at)
        done += 1
    return done


def _correct(item: Publication | None, people: dict[str, User], at: dt.datetime) -> int:
    """A misprint put right: the earlier version stays to be read."""
    if item is None or item.version > 1 or WRONG not in item.body or item.revisions.exists():
        return 0
    editor, reviewer, publisher = (people[name] for name in CAST)
    draft = actions.revise(actor=editor, publication=item, at=at, changed_on=legal_day(at))
    draft.body = draft.body.replace(WRONG, RIGHT)
    draft.valid_until = LAST_DAY
    draft.change_note = CHANGE_NOTE
    draft = actions.update(actor=editor, publication=draft, at=at)
    for step, actor in (
        ("submit", editor),
        ("check", reviewer),
        ("pass_review", reviewer),
        ("sign_off", publisher),
        ("publish", publisher),
    ):
        draft = actions.take(
            draft, step, actor=actor, at=at, checklist=YES, early_reason="演示内容"
        )
    return 1


def _clean_up(agency: Agency, people: dict[str, User], at: dt.datetime) -> int:
    """A round over the province's documents in force, closed with its public result."""
    category = Category.objects.filter(code="announcements").first()
    if category is None or CleanUpRound.objects.filter(is_demo=True).exists():
        return 0
    editor, reviewer, publisher = (people[name] for name in CAST)
    begun = at - BEGUN
    cleanup = CleanUpRound(
        agency=agency,
        title=f"{agency.name}关于{begun.year}年行政规范性文件清理结果的公告",
        as_of=legal_day(begun),
        due_on=legal_day(at),
        document_type="normative_document",
        announced_in=category,
        is_demo=True,
    )
    if not rounds.drawn_for(cleanup, begun).filter(is_demo=True).exists():
        return 0
    rounds.begin(actor=editor, cleanup=cleanup, at=begun)
    for entry in cleanup.entries.select_related("publication"):
        ends = entry.publication.index_number == ENDED
        step = Decision.REPEAL if ends else Decision.KEEP
        rounds.decide(entry, step, actor=editor, at=begun, reason=REASON if ends else "")
    cleanup = rounds.step(cleanup, "check", actor=reviewer, at=at - CHECKED, checklist=YES)
    rounds.step(cleanup, "close", actor=publisher, at=at)
    return 1
