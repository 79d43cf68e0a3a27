"""A small world behind the interface, and how tests ask it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from disclosure.core.dates import now
from disclosure.figures import refreshing
from disclosure.life import relating
from disclosure.models import Agency, ClosedVersion, Publication, Relation
from tests import factories as f
from tests.publishing_things import make_earlier_version

API = "/api/v1/"


@dataclass(frozen=True)
class World:
    """`item` has two versions, a file and relations; the others are as they are called."""

    province: Agency
    city: Agency
    item: Publication
    withdrawn: Publication
    draft: Publication
    closed: Publication


@pytest.fixture(scope="package")
def _stored(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all tests of this folder, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _make()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def world(_stored: World, db: None) -> World:
    return _stored


def _make() -> World:
    province, city, _other = f.make_tree()
    top = f.make_category("policy", name="政策文件")
    below = f.make_category("normative", under=top, name="规范性文件")
    item = f.make_publication(
        "关于示例的通知",
        agency=city,
        category=below,
        index_number="SLA/2026/1",
        document_number="示发〔2026〕1号",
        keywords="示例；通知",
        attachments={"附件.pdf": f.PDF},
    )
    make_earlier_version(item)
    item.refresh_from_db()
    closed = f.make_publication("旧版有个人信息的通知", agency=city, category=below)
    earlier = make_earlier_version(closed)
    ClosedVersion.objects.create(version=earlier, reason="含个人信息", closed_at=now())
    draft = f.make_publication("没有公开的通知", agency=city, category=below, state="draft")
    withdrawn = f.make_publication("撤下的通知", agency=city, state="withdrawn")
    other = f.make_publication("关于示例的解读", agency=province, category=top)
    relating.relate(actor=None, relation=Relation(source=other, kind="interprets", target=item))
    f.make_guide(city)
    f.make_report(2014, agency=city)
    f.make_report(2023, agency=province)
    refreshing.refresh()
    return World(province, city, item, withdrawn, draft, closed)


Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    """What an address of the interface answers, as data."""

    def ask(path: str, *, status: int = 200, **query: Any) -> Any:
        response = client.get(API + path, query)
        assert response.status_code == status, response.content.decode()
        kind = "application/json" if status == 200 else "application/problem+json"
        assert response["Content-Type"] == kind
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        return response.json()

    return ask
