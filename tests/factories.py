"""Makes what tests need, each state reached through the actions; Chinese text made up here.

Whatever is not given gets a sensible value; `under=` puts an agency or a category below another.
"""

import datetime as dt
import itertools
from typing import Any

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
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
    User,
)
from disclosure.publications import actions
from disclosure.reports import actions as reporting

PASSWORD = "correct horse battery staple"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

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
    """A publication in `state` ("draft", "published", "withdrawn"), as the system would make it.

    `published_at` (default: an hour ago) in the future makes a scheduled one.
    """
    published_at = fields.pop("published_at", None)
    if published_at is None and state != "draft":
        published_at = (at or now()) - dt.timedelta(hours=1)
    values: dict[str, Any] = {
        "title": title or f"示例文件第{next(_numbers)}号",
        "agency": agency or any_agency(),
        "category": category or any_category(),
        "date_made": published_at.date() - dt.timedelta(days=3) if published_at else None,
        "body": "<p>示例正文。</p>",
        "published_at": published_at,
        **fields,
    }
    publication = actions.create(actor=None, publication=Publication(**values))
    for name, data in (attachments or {}).items():
        make_attachment(publication, name, data)
    if state in {"published", "withdrawn"}:
        publication = actions.publish(actor=None, publication=publication, at=at)
    if state == "withdrawn":
        publication = actions.withdraw(actor=None, publication=publication, reason=reason)
    return publication


def make_attachment(
    publication: Publication, name: str = "附件.pdf", data: bytes = PDF
) -> Attachment:
    return actions.attach(actor=None, publication=publication, name=name, data=data)


def make_report(
    year: int = 2014, *, state: str = "published", agency: Agency | None = None, **fields: Any
) -> AnnualReport:
    """An annual report in `state` ("draft", "published") with two sections and two figures."""
    agency = agency or any_agency()
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


def make_guide(agency: Agency | None = None, **fields: Any) -> Guide:
    """A guide with each part of Art. 12 filled in."""
    values = {part: f"<p>示例：{part}</p>" for part in Guide.PARTS}
    return Guide.objects.create(agency=agency or any_agency(), **{**values, **fields})


def make_rule(
    agency: Agency | None = None, slug: str = "", *, published: bool = True, **fields: Any
) -> Rule:
    values = {"title": "示例制度", "body": "<p>第一条　示例。</p>", **fields}
    return Rule.objects.create(
        agency=agency or any_agency(),
        slug=slug or f"rule-{next(_numbers)}",
        is_published=published,
        **values,
    )
