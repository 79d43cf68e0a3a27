"""A portal at work until it is killed: run as `python -m tests.killed` with DATABASE_URL and
DATA_DIR set. Says in a line what has been acknowledged: `NUMBER STATE EVENTS`.

Several threads submit and take steps, as several visitors and handlers would.
"""

import os
import sys
import threading

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import OperationalError, connections

from disclosure.core.dates import today
from disclosure.models import Agency
from requests_app import actions
from requests_app.models import DisclosureRequest
from requests_app.uploads import Upload
from tests.factories import PDF, make_agency
from tests.request_factories import decide_all, make_style, make_submission

THREADS = 3
_saying = threading.Lock()


def acknowledge(case: DisclosureRequest) -> None:
    """As the answer to a browser: what was done has been done for good."""
    with _saying:
        sys.stdout.write(f"{case.number} {case.state} {case.events.count()}\n")
        sys.stdout.flush()


def one_case(agency: Agency) -> None:
    case = actions.submit(make_submission(agency)).request
    acknowledge(case)
    files = [Upload("说明.pdf", PDF)]
    case = actions.take(case, "add_files", files=[1], uploads=files)
    acknowledge(case)
    case = actions.take(case, "register")
    acknowledge(case)
    decide_all(case)
    case = actions.take(case, "ask_third_party", name="示例公司", text="合同")
    acknowledge(case)
    party = case.parties.get()
    case = actions.take(case, "third_party_answered", party=party, opinion="agrees")
    acknowledge(case)
    for step in ("propose", "pass_review", "approve", "issue"):
        case = actions.take(case, step)
        acknowledge(case)


def work(agency: Agency) -> None:
    try:
        while True:
            try:
                one_case(agency)
            except OperationalError:
                continue  # SQLite was busy for too long: a visitor would try again
    finally:
        connections.close_all()


if __name__ == "__main__":
    call_command("migrate", verbosity=0, interactive=False)
    agency = Agency.objects.filter(code="SL").first() or make_agency("SL", name="示例省办公室")
    make_style(agency)
    sys.stdout.write(f"READY {today()}\n")
    sys.stdout.flush()
    for _thread in range(THREADS):
        threading.Thread(target=work, args=(agency,)).start()
