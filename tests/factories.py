"""Makes what tests need, each state reached through the actions; Chinese text made up here.

Whatever is not given gets a sensible value; `under=` puts an agency or a category below another.
"""

import base64
import datetime as dt
import itertools
from typing import Any

from disclosure.agencies.roles import Role
from disclosure.catalogue import page_actions
from disclosure.core.dates import now, start_of
from disclosure.models import (
    Agency,
    AnnualReport,
    Attachment,
    Category,
    Guide,
    Office,
    Publication,
    RoleAssignment,
    Rule,
    SignOff,
    User,
)
from disclosure.publications import actions, review
from disclosure.reports import actions as reporting
from disclosure.reports.reading import Reading
from disclosure.reports.tables.forms import form_for
from disclosure.reports.tables.shapes import Form
from tests.report_tables import consistent

PASSWORD = "correct horse battery staple"
#: A page of nothing, as the portal itself writes a cleaned PDF: cleaning leaves it as it is.
PDF = base64.b64decode(
    "JVBERi0xLjUKJb/3ov4KMSAwIG9iago8PCAvVHlwZSAvT2JqU3RtIC9MZW5ndGggMTI0IC9GaWx0ZXIgL0ZsYXRl"
    "RGVjb2RlIC9OIDMgL0ZpcnN0IDE0ID4+CnN0cmVhbQp4nDNSMFAwVjA2UTBRMLfgsrFR0A9ITE8tBooZKAQp6IdU"
    "FqQq6DsnliTm5Kcr2NmBVTjnl+aVKBgq6HtnphQrRAO1gtTGwlRDDICq9U1NyUx0yq8AKjMAQktLEIoFKSpKBRoC"
    "tSYotTi/tCgZqA2ox84O2SSQQQCkJSuRCmVuZHN0cmVhbQplbmRvYmoKNSAwIG9iago8PCAvVHlwZSAvWFJlZiAv"
    "TGVuZ3RoIDI3IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJtcyA8PCAvQ29sdW1ucyAzIC9QcmVkaWN0"
    "b3IgMTIgPj4gL1cgWyAxIDEgMSBdIC9Sb290IDIgMCBSIC9TaXplIDYgL0lEIFs8YTA2MWE2ZjE1MWNmZjYyMzIy"
    "ZjJlM2FlMTY3YmE5YTg+PGEwNjFhNmYxNTFjZmY2MjMyMmYyZTNhZTE2N2JhOWE4Pl0gPj4Kc3RyZWFtCnicY2Jg"
    "YGBi5AfiTwxMDAyMYPz//T8AFRMD/gplbmRzdHJlYW0KZW5kb2JqCnN0YXJ0eHJlZgoyNDAKJSVFT0YK"
)

_numbers = itertools.count(1)


def make_agency(code: str = "", *, under: Agency | None = None, **fields: Any) -> Agency:
    """An agency, at the root or below `under`."""
    number = next(_numbers)
    code = code or f"AG{number}"
    values = {"code": code, "name": f"示例机关{code}", **fields}
    if under is None:
        return Agency.objects.add_root(values)
    return Agency.objects.add_child(under, values)


def make_tree() -> tuple[Agency, Agency, Agency]:
    """A province's office with two cities below it: (SL, SLA, SLB)."""
    province = make_agency("SL", name="示例省办公室", name_en="Example Province Office")
    first = make_agency("SLA", name="甲市办公室", name_en="City A Office", under=province)
    second = make_agency("SLB", name="乙市办公室", name_en="City B Office", under=province)
    return province, first, second


def any_agency() -> Agency:
    """The first agency there is; made when there is none."""
    return Agency.objects.order_by("path").first() or make_agency("SL", name="示例省办公室")


def make_office(agency: Agency, name: str = "秘书处", **fields: Any) -> Office:
    return Office.objects.create(agency=agency, name=name, **fields)


def make_category(code: str = "", *, under: Category | None = None, **fields: Any) -> Category:
    """A category, at the root or below `under`."""
    number = next(_numbers)
    code = code or f"cat{number}"
    values = {"code": code, "name": f"分类{code}", "name_en": f"Category {code}", **fields}
    if under is None:
        return Category.objects.add_root(values)
    return Category.objects.add_child(under, values)


def any_category() -> Category:
    """The first category there is; made when there is none."""
    return Category.objects.order_by("path").first() or make_category("policy", name="政策文件")


def make_user(
    *roles: Role | str,
    agency: Agency | None = None,
    username: str = "",
    with_descendants: bool = False,
    **fields: Any,
) -> User:
    """A member of staff holding `roles` at `agency` (default: the first one)."""
    user = User.objects.create_user(
        username or f"user{next(_numbers)}", PASSWORD, **{"full_name": "示例人员", **fields}
    )
    for role in roles:
        RoleAssignment.objects.create(
            user=user,
            agency=agency or any_agency(),
            role=Role(role),
            with_descendants=with_descendants,
        )
    return user


def make_admin(username: str = "") -> User:
    """The platform administrator."""
    return make_user(username=username, is_superuser=True)


def the_signer(agency: Agency) -> User:
    """Who answers for what a test says was public before it began."""
    root = Agency.objects.get(path=agency.path[: Agency.steplen])
    found = User.objects.filter(username=f"signer-{root.code}").first()
    return found or make_user(
        Role.PUBLISHER,
        agency=root,
        username=f"signer-{root.code}",
        with_descendants=True,
        full_name="签发人员",
    )


def make_publication(
    title: str = "",
    *,
    state: str = "published",
    agency: Agency | None = None,
    category: Category | None = None,
    attachments: dict[str, bytes] | None = None,
    reason: str = "内容有误",
    at: dt.datetime | None = None,
    **fields: Any,
) -> Publication:
    """A publication in `state` ("draft", "published", "withdrawn"), taken over under a blanket
    sign-off; the whole way out is `walk_out`.

    `published_at` (default: an hour ago) in the future makes a scheduled one.
    """
    published_at = fields.pop("published_at", None)
    if published_at is None and state != "draft":
        published_at = (at or now()) - dt.timedelta(hours=1)
    ends = {name: fields.pop(name) for name in ("validity", "expires_on") if name in fields}
    values: dict[str, Any] = {
        "title": title or f"示例文件第{next(_numbers)}号",
        "agency": agency or any_agency(),
        "category": category or any_category(),
        "date_made": published_at.date() - dt.timedelta(days=3) if published_at else None,
        "body": "<p>示例正文。</p>",
        "published_at": published_at,
        **fields,
    }
    publication = actions.create(actor=None, publication=Publication(**values, **ends))
    for name, data in (attachments or {}).items():
        make_attachment(publication, name, data)
    if state in {"published", "withdrawn"}:
        with actions.blanket(signed_by=the_signer(publication.agency), note="tests") as sign_off:
            publication = actions.take_over(publication=publication, sign_off=sign_off, at=at)
    if state == "withdrawn":
        publication = actions.withdraw(actor=None, publication=publication, reason=reason)
    return publication


def store_publication(index_number: str, **fields: Any) -> Publication:
    """A row as it may lie in the database, without the road through the actions."""
    values: dict[str, Any] = {
        "agency": any_agency(),
        "category": any_category(),
        "title": index_number,
        "state": "published",
        "published_at": now() - dt.timedelta(days=1),
        **fields,
    }
    if values["state"] == "published":
        signer = the_signer(values["agency"])
        found, _made = SignOff.objects.get_or_create(
            signed_by=signer, is_blanket=True, closed_at=None, defaults={"signed_at": now()}
        )
        values |= {
            "sign_off": found,
            "content_hash": "0" * 64,
            "version": 1,
            "version_at": values["published_at"],
        }
    return Publication.objects.create(index_number=index_number, **values)


WAY_OUT = ("submit", "check", "pass_review", "sign_off", "publish")


def walk_out(
    publication: Publication,
    until: str = "publish",
    *,
    reviewer: User | None = None,
    signer: User | None = None,
    at: dt.datetime | None = None,
    **data: Any,
) -> Publication:
    """Take a draft along the way out, up to and with the step `until`."""
    agency = publication.agency
    reviewer = reviewer or make_user(Role.REVIEWER, agency=agency)
    signer = signer or make_user(Role.PUBLISHER, agency=agency)
    actors = {"check": reviewer, "pass_review": reviewer, "sign_off": signer, "publish": signer}
    asked = {"checklist": dict.fromkeys(review.KEYS, review.YES), **data}
    for step in WAY_OUT[: WAY_OUT.index(until) + 1]:
        publication = actions.take(publication, step, actor=actors.get(step), at=at, **asked)
    return publication


def make_attachment(
    publication: Publication, name: str = "附件.pdf", data: bytes = PDF
) -> Attachment:
    return actions.attach(actor=None, publication=publication, name=name, data=data)


def make_report(
    year: int = 2014, *, state: str = "published", agency: Agency | None = None, **fields: Any
) -> AnnualReport:
    """An annual report in `state` ("draft", "published") with two sections and two figures; since
    2019 with tables, which add up."""
    agency = agency or any_agency()
    if form := form_for(year):
        return _tabled(form, year, state, agency, **fields)
    values: dict[str, Any] = {
        "title": f"{agency.name}{year}年政府信息公开工作年度报告",
        "sections": [
            {"number": "一", "heading": "总体情况", "text": "第一段。\n第二段。"},
            {"number": "二", "heading": "改进措施", "text": "加快更新。"},
        ],
        "figures": [
            {"name": "主动公开", "value": 86, "unit": "条"},
            {
                "name": "发放资料",
                "value": 200_000,
                "unit": "份",
                "qualifier": "over",
                "as_written": "20余万份",
            },
        ],
        **fields,
    }
    report = AnnualReport(agency=agency, year=year, **values)
    reporting.create(actor=None, report=report)
    if state == "published":
        report = reporting.publish(actor=None, report=report)
    return report


def _tabled(form: Form, year: int, state: str, agency: Agency, **fields: Any) -> AnnualReport:
    title = fields.pop("title", f"{agency.name}{year}年政府信息公开工作年度报告")
    texts = dict.fromkeys(form.texts, "示例文字。")
    if state == "draft":
        report = AnnualReport(
            agency=agency, year=year, form=form.key, title=title, texts=texts, **fields
        )
        reporting.create(actor=None, report=report)
        return report
    reading = Reading(
        title, "", year, "", [], form=form.key, texts=texts, tables=consistent(form, steady=True)
    )
    return reporting.import_report(actor=None, reading=reading, agency=agency, year=year).report


def make_guide(
    agency: Agency | None = None,
    *,
    published: bool = True,
    date_made: dt.date | None = dt.date(2019, 5, 15),
    **fields: Any,
) -> Guide:
    """A guide with each part of Art. 12 filled in, taken over under a blanket sign-off."""
    values = {part: f"<p>示例：{part}</p>" for part in Guide.PARTS}
    guide = page_actions.create_guide(
        actor=None,
        guide=Guide(agency=agency or any_agency(), **{**values, **fields}),
        date_made=date_made,
    )
    return _put_out(guide) if published else guide


def make_rule(
    agency: Agency | None = None,
    slug: str = "",
    *,
    published: bool = True,
    title: str = "示例制度",
    body: str = "<p>第一条　示例。</p>",
    date_made: dt.date | None = dt.date(2019, 5, 15),
    **fields: Any,
) -> Rule:
    """A rule, taken over under a blanket sign-off; `published=False` leaves it a draft."""
    rule = page_actions.create_rule(
        actor=None,
        rule=Rule(agency=agency or any_agency(), slug=slug or f"rule-{next(_numbers)}", **fields),
        text=page_actions.Text(title, body, date_made),
    )
    return _put_out(rule) if published else rule


def _put_out(page: Any) -> Any:
    """The page as it stands once its publication is public, since the day it was made."""
    draft = page.publication
    made = start_of(draft.date_made) if draft.date_made else None
    Publication.objects.filter(pk=draft.pk).update(published_at=made)
    with actions.blanket(signed_by=the_signer(page.agency), note="tests") as sign_off:
        actions.take_over(publication=draft, sign_off=sign_off)
    return type(page).objects.get(pk=page.pk)
