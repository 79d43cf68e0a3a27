"""What the daily job makes of the counts, and the pages that tell it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.figures import refreshing
from disclosure.models import MonthReads, MostRead, Publication, PublicationReads
from disclosure.publications import actions
from disclosure.visits import flushing, reading
from disclosure.visits.counting import Channel, Counts, Kind, Seen
from tests import factories as f
from tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db


def read(item: Publication, days_ago: int, times: int, channel: str = Channel.WEB) -> Counts:
    seen = Seen(Kind.PUBLICATION, item.index_number, channel)
    return {(today() - dt.timedelta(days=days_ago), seen): times}


def store(*counts: Counts) -> None:
    for count in counts:
        flushing.store(count)


def test_items_lists_months_and_their_pages(client: Client, django_assert_num_queries) -> None:
    province, city, _other = f.make_tree()
    policy, budget = f.make_category("policy", name="政策文件"), f.make_category("budget")
    below = f.make_category("rules", under=policy)
    often = f.make_publication("常读", agency=city, category=below, attachments={"附.pdf": f.PDF})
    once = f.make_publication("少读", agency=province, category=budget)
    gone = f.make_publication("撤回", agency=city, category=budget)
    unread = f.make_publication("未读", agency=city, category=budget)
    file = Seen(Kind.FILE, str(often.attachments.get().uuid), Channel.DOWNLOAD)
    store(
        read(often, 1, 1200),
        read(often, 40, 34),
        read(often, 0, 1000),  # today is not over
        read(often, 1, 7, Channel.API),
        read(once, 40, 2000),
        read(once, 3, 1),
        read(gone, 1, 5000),
        {(today() - dt.timedelta(days=2), file): 12},
        {(today() - dt.timedelta(days=2), file._replace(key="")): 3},
        {(today() - dt.timedelta(days=1), Seen(Kind.PAGE, "home", Channel.WEB)): 90},
        {(today() - dt.timedelta(days=1), Seen(Kind.GUIDE, "SLA", Channel.WEB)): 8},
    )
    assert reading.refresh() == reading.refresh() == 3
    counts = PublicationReads.objects.values_list("publication", "reads", "downloads")
    assert set(counts) == {(often.pk, 1234, 12), (once.pk, 2001, 0), (gone.pk, 5000, 0)}

    page = client.get(often.get_absolute_url()).content.decode()
    assert "1,234" in page
    assert "12" in page
    assert "_reads" not in client.get(unread.get_absolute_url()).content.decode()

    actions.withdraw(actor=None, publication=gone, reason="内容有误")
    client.get("/most-read/")  # what is the same for every page is remembered
    with django_assert_num_queries(3):
        page = client.get("/most-read/").content.decode()
    assert page.index("常读") < page.index("少读")
    assert "撤回" not in page
    assert "1,200" in page
    page = client.get("/en/most-read/?period=year&category=budget").content.decode()
    assert "2,001" in page
    assert "常读" not in page
    page = client.get("/most-read/?period=year").content.decode()
    assert page.index("少读") < page.index("常读")
    unknown = client.get("/en/most-read/?period=ever&category=rules").content.decode()
    assert "There is no category with this code" in unknown
    assert "There is no such period" in unknown

    # More days, more counts; what was withdrawn is in no list any more.
    tomorrow = today() + dt.timedelta(days=1)
    reading.refresh(tomorrow)
    assert PublicationReads.objects.get(publication=often).reads == 2234
    assert not MostRead.objects.filter(publication=gone).exists()
    assert MostRead.objects.filter(category=policy).count() == 2

    sums = MonthReads.objects.filter(kind=Kind.GUIDE).values_list("agency__code", "count")
    assert list(sums) == [("SLA", 8)]
    assert not MonthReads.objects.filter(kind=Kind.PAGE).exclude(agency=None).exists()


def test_staff_see_their_own_agencies_and_the_common_pages(client: Client) -> None:
    _province, city, other = f.make_tree()
    mine, theirs = f.make_publication("本机关", agency=city), f.make_publication(agency=other)
    last_year = today().replace(day=1, month=1) - dt.timedelta(days=1)
    store(
        read(mine, 1, 41),
        read(theirs, 1, 99_999),
        {(last_year, Seen(Kind.PUBLICATION, mine.index_number, Channel.WEB)): 5000},
        {(last_year, Seen(Kind.PAGE, "home", Channel.WEB)): 777},
    )
    reading.refresh()
    signed_in(client, f.make_user(Role.EDITOR, agency=city))
    page = client.get(reverse("admin:disclosure_publicationreads_changelist")).content.decode()
    assert "本机关" in page
    assert "5041" in page.replace(",", "")
    assert theirs.title not in page
    change = "admin:disclosure_publicationreads_change"
    assert client.get(reverse(change, args=[mine.pk])).status_code == 200
    assert client.get(reverse(change, args=[theirs.pk])).status_code == 404
    page = client.get(reverse("admin:disclosure_publicationreads_months")).content.decode()
    assert str(last_year.year) in page
    assert "5,000" in page
    assert "777" in page
    assert "99,999" not in page
    signed_in(client, f.make_user(Role.HANDLER, agency=city))
    assert client.get(reverse("admin:disclosure_publicationreads_months")).status_code == 403


def test_nothing_counted_yet(client: Client) -> None:
    f.make_agency()
    assert reading.refresh() == 0
    assert client.get("/en/most-read/").status_code == 200
    signed_in(client, f.make_admin())
    assert client.get(reverse("admin:disclosure_publicationreads_months")).status_code == 200


def test_the_page_of_figures_has_both_by_month(client: Client) -> None:
    province, city, _other = f.make_tree()
    item = f.make_publication(agency=city, attachments={"附.pdf": f.PDF})
    file = Seen(Kind.FILE, str(item.attachments.get().uuid), Channel.DOWNLOAD)
    last_month = today().replace(day=1) - dt.timedelta(days=1)
    page = Seen(Kind.PUBLICATION, item.index_number, Channel.WEB)
    store({(last_month, page): 4321, (last_month, file): 765, (today(), page): 99_999})
    reading.refresh()
    refreshing.refresh()
    for address in ("/en/figures/", f"/en/figures/?agency={province.code}"):
        shown = client.get(address).content.decode()
        assert "Items read by month" in shown
        assert "4,321" in shown
        assert "765" in shown
        assert "99,999" not in shown
