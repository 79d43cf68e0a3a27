"""The demonstration's publications: read from `texts/publications`, made through the actions.

Their heads have the Chinese headings of the import files. A date is either fixed or a number of
working days from today, so that the front page always has something new and something scheduled.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, RoleAssignment, User
from disclosure.agencies.roles import Role
from disclosure.catalogue.models import Category
from disclosure.core.dates import SHANGHAI, legal_day
from disclosure.core.html import to_plain
from disclosure.demo import files, texts
from disclosure.demo.accounts import SIGNER
from disclosure.demo.agencies import MAIL_DOMAIN, PROVINCE
from disclosure.demo.days import counted
from disclosure.demo.markup import to_html
from disclosure.publications import actions, review
from disclosure.publications.models import Attachment, Publication
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar

NOTE = "【示例内容】本页为平台演示而编写，所涉单位、文号、数据和联系方式均为虚构，不具有任何效力。"
OPENS_AT = dt.time(9, 30)
WITHDRAWN_AFTER = dt.timedelta(days=12)


@dataclass(frozen=True)
class Item:
    """A publication to be made: the row, what becomes of it, and its files."""

    publication: Publication
    step: str  # "draft", "published" or "withdrawn"
    reason: str
    made_at: dt.datetime
    files: dict[str, bytes]


def load_publications(
    agencies: dict[str, Agency], people: dict[str, User], *, at: dt.datetime
) -> int:
    """Add the publications whose index number is not there yet; how many."""
    categories = {category.code: category for category in Category.objects.all()}
    known = set(Publication.objects.values_list("index_number", flat=True))
    calendar = current_calendar()
    missing = [text for text in read_texts() if text.get("索引号") not in known]
    for text in missing:
        _store(make_item(text, agencies, categories, at=at, calendar=calendar), people, at=at)
    return len(missing)


def read_texts() -> Iterator[texts.Text]:
    """All records, file by file."""
    for path in sorted((texts.FOLDER / "publications").glob("*.txt")):
        yield from texts.read(f"publications/{path.name}")


def make_item(
    text: texts.Text,
    agencies: dict[str, Agency],
    categories: dict[str, Category],
    *,
    at: dt.datetime,
    calendar: WorkdayCalendar,
) -> Item:
    """The record as a publication, with every date counted from the moment `at`."""

    def day(name: str) -> dt.date | None:
        value = text.get(name)
        if value[:1] in ("+", "-"):
            return counted(int(value), legal_day(at), calendar)
        return dt.date.fromisoformat(value) if value else None

    made = day("成文日期")
    if made is None:
        raise ValueError(f"{text.get('索引号')}: 成文日期")
    published = day("发布日期")
    body = text.body.replace("{made}", f"{made.year}年{made.month}月{made.day}日")
    publication = Publication(
        agency=agencies[text.get("发布机构", PROVINCE)],
        category=categories[text.get("主题分类")],
        index_number=text.get("索引号"),
        title=text.get("标题"),
        document_number=text.get("文号"),
        document_type=text.get("文种"),
        date_made=made,
        published_at=_moment(published) if published else None,
        validity=text.get("有效性", Publication.Validity.IN_FORCE),
        effective_on=day("施行日期"),
        expires_on=day("终止日期"),
        disclosure=text.get("公开属性", Publication.Disclosure.PROACTIVE),
        exempt_ground=text.get("不予公开理由"),
        summary=text.get("内容概述"),
        body=f'{to_html(body)}\n<p class="no-indent">{NOTE}</p>',
        keywords=text.get("主题词"),
        is_demo=True,
    )
    return Item(
        publication,
        text.get("状态", "published"),
        text.get("撤回理由"),
        _moment(made),
        {name: _file(name, text) for name in text.head.get("附件", [])},
    )


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, OPENS_AT, tzinfo=SHANGHAI)


def _file(name: str, text: texts.Text) -> bytes:
    """An attachment's bytes: its own text, or what the publication says."""
    title, _, ending = name.rpartition(".")
    html = to_html(text.own_texts.get(name, text.body))
    lines = [*to_plain(html).splitlines(), NOTE]
    if ending == "docx":
        return files.document(title, lines)
    if ending == "pdf":
        return files.pdf(title, lines)
    if ending == "xlsx":
        return files.spreadsheet([*_rows(text.body), [NOTE]], name=title[:31])
    return files.text([title, *lines])


def _rows(body: str) -> list[list[str | float]]:
    """The rows of the first table, numbers as numbers."""
    found: list[list[str | float]] = []
    for line in body.splitlines():
        if line.startswith("|"):
            found.append([_number(cell.strip()) for cell in line.strip("| ").split("|")])
        elif found:
            break
    return found


def _number(cell: str) -> str | float:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell


def _store(item: Item, people: dict[str, User], *, at: dt.datetime) -> None:
    """Create, attach, and along the way out as far as the text says, as staff would.

    What is older than the Regulation of 2019 comes from the agency's earlier site, under a blanket
    sign-off; so does everything where the demonstration's accounts are not there.
    """
    publication = item.publication
    names = ("reporter", "editor") if publication.agency.code == "DLRF" else ("editor",)
    cast = {
        "writer": _able(people, names, "disclosure.add_publication", publication),
        "reviewer": _able(people, ("reviewer",), "disclosure.review_publication", publication),
        "publisher": _able(people, ("publisher",), "disclosure.publish_publication", publication),
    }
    actions.create(actor=cast["writer"], publication=publication)
    for name, data in item.files.items():
        actions.attach(actor=cast["writer"], publication=publication, name=name, data=data)
    goes_out = publication.published_at
    if item.step in OUT:
        moment = min(goes_out or at, at)
        if all(cast.values()) and legal_day(moment) >= WALKS_SINCE:
            _walk(publication, cast, "publish", at=moment)
        else:
            signer = cast["publisher"] or taking_over_signer(publication.agency)
            with actions.blanket(signed_by=signer, note=TAKEN_OVER, at=moment) as sign_off:
                actions.take_over(publication=publication, sign_off=sign_off, at=moment)
        if item.step == "withdrawn":
            actions.withdraw(actor=cast["publisher"], publication=publication, reason=item.reason)
    elif item.step != "draft" and all(cast.values()):
        _walk(publication, cast, item.step, at=at)
    _date_back(item, cast["writer"], cast["publisher"], at=at)


#: What the texts may say of the state reached, beside a step of the way out.
OUT = frozenset({"published", "withdrawn"})
WALKS_SINCE = dt.date(2025, 1, 1)
TAKEN_OVER = "演示：自原网站迁入的已公开信息"
WAY_OUT = ("submit", "check", "pass_review", "sign_off", "publish")


def _walk(
    publication: Publication, cast: Mapping[str, User | None], until: str, *, at: dt.datetime
) -> None:
    """Along the way out, up to and with the step `until`."""
    actors = {
        "submit": cast["writer"],
        "check": cast["reviewer"],
        "pass_review": cast["reviewer"],
        "sign_off": cast["publisher"],
        "publish": cast["publisher"],
    }
    # The reviewer's other two answers lead off the way after the first check.
    found = until in WAY_OUT
    for step in WAY_OUT[: WAY_OUT.index(until) + 1] if found else ("submit", "check", until):
        actions.take(
            publication,
            step,
            actor=actors.get(step, cast["reviewer"]),
            at=at,
            checklist=dict.fromkeys(review.KEYS, review.YES),
            early_reason="演示内容",
            authority="示例省国家保密局",
            ground="state_secret",
            opinion="演示内容",
        )


def taking_over_signer(agency: Agency) -> User:
    """Who answers for what is taken over where real people have the accounts' names."""
    signer, made = User.objects.get_or_create(
        username=SIGNER,
        defaults={"full_name": "签发人（演示）", "email": f"{SIGNER}@{MAIL_DOMAIN}"},
    )
    if made:
        signer.set_unusable_password()
        signer.save()
    RoleAssignment.objects.get_or_create(user=signer, agency=agency, role=Role.PUBLISHER)
    return signer


def _able(
    people: dict[str, User], names: tuple[str, ...], action: str, publication: Publication
) -> User | None:
    """The first of these accounts that may do it there; None: the system does."""
    found = (people[name] for name in names if name in people)
    return next((user for user in found if rights.allows(user, action, publication)), None)


def _date_back(item: Item, writer: User | None, publisher: User | None, *, at: dt.datetime) -> None:
    """Give the rows and their history the days on which all this would have happened.

    The audit trail keeps the truth: today, by `load_demo`.
    """
    key = item.publication.pk
    made = min(item.made_at, at)
    goes_out = item.publication.published_at
    moments = {
        None: (made, writer),
        "publish": (min(goes_out or at, at), publisher),
        "withdraw": (min((goes_out or at) + WITHDRAWN_AFTER, at), publisher),
    }
    for reason, (moment, person) in moments.items():
        Publication.history.filter(id=key, history_change_reason=reason).update(
            history_date=moment, history_user=person
        )
    last = moments[{"draft": None, "published": "publish"}.get(item.step, "withdraw")][0]
    Publication.objects.filter(pk=key).update(created_at=made, updated_at=last)
    Attachment.objects.filter(publication=key).update(added_at=made)
    Attachment.history.filter(publication_id=key).update(added_at=made, history_date=made)
