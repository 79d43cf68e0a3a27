"""What an applicant meets: an opened request, and cases that hold something back."""

import datetime as dt

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from requests_app import actions
from requests_app.actions import Receipt
from requests_app.models import DisclosureRequest
from requests_app.uploads import Upload
from tests.factories import PDF
from tests.intake import TRACK
from tests.request_factories import answer_request, make_style

#: The code of nothing.
WRONG = "AAAA-BBBB-CCCC-DDDD"


def track(client: Client, number: str, code: str, **extra: str) -> HttpResponse:
    return client.post(TRACK, {"number": number, "access_code": code}, **extra)


def open_request(client: Client, receipt: Receipt) -> str:
    """Opens it; the address of its page."""
    response = track(client, receipt.request.number, receipt.access_code)
    assert response.status_code == 303
    return response["Location"]


def held_back(receipt: Receipt, *, days: int = 60) -> DisclosureRequest:
    """Answered against a third party's objection, the information held back for so many days."""
    make_style(receipt.request.agency)
    request = actions.take(receipt.request, "register")
    actions.take(request, "ask_third_party", name="示例第三方", text="请表示意见。")
    party = request.parties.get()
    actions.take(request, "third_party_answered", party=party, opinion="objects", text="不同意。")
    party.refresh_from_db()
    actions.take(request, "override_objection", party=party, text="涉及公共利益。")
    return answer_request(
        request,
        files=[Upload("公开内容.pdf", PDF)],
        released_on=timezone.localdate() + dt.timedelta(days=days),
    )
