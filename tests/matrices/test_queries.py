"""How often each public address asks the database: as often with many records as with few.

A new public address without a row fails.
"""

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.models import Agency, AnnualReport, Publication
from tests.factories import PDF, make_agency, make_publication, make_report, make_rule
from tests.matrices.site import addresses, filled
from tests.matrices.table import compare, written
from tests.request_factories import make_receipt

LEGEND = (
    "Queries of a GET by a visitor, the same with one record of each kind and with many.\n"
    "Written by `UPDATE_MATRICES=1 pytest tests/matrices`; review every change."
)


def counted(things: Mapping[type[Model], Model]) -> dict[str, list[str]]:
    """Queries for each public address; what the process keeps is kept already."""
    found = {}
    for address in addresses():
        if address.name.startswith("admin:"):
            continue
        url = reverse(address.name, kwargs=filled(address, things))
        for _again in range(2):
            with CaptureQueriesContext(connection) as queries:
                answer = Client().get(url)
                if answer.streaming:
                    for _part in answer.streaming_content:
                        pass
        found[address.name] = [str(len(queries))]
    return dict(sorted(found.items()))


def test_no_public_page_asks_more_when_there_is_more(things: dict[type[Model], Model]) -> None:
    here, item = things[Agency], things[Publication]
    make_agency("FEW", under=here)
    few = counted(things)
    for number in range(12):
        make_publication(
            agency=here, category=item.category, attachments={f"{number}.pdf": PDF}, body="示例。"
        )
        make_agency(f"MANY{number}", under=here)
        make_rule(here, f"rule-{number}")
        make_receipt(here)
        make_report(2008 + number if number < 6 else 2009 + number, agency=here)
    assert AnnualReport.objects.count() > 10
    assert counted(things) == few
    compare(
        "queries",
        f"# Queries of public addresses\n\n{LEGEND}",
        written("address", ["queries"], few),
    )
