"""The demonstration's list of sensitive subjects, after the rubric of the provincial office's 2013
report: scale, position and protection grade of works, command systems, tactical requirements.
"""

from disclosure.agencies.models import Agency
from disclosure.demo import texts
from disclosure.demo.agencies import PROVINCE
from disclosure.findings import actions
from disclosure.findings.models import SensitiveSubject

FILE = "findings/subjects.txt"


def load_lists(agencies: dict[str, Agency]) -> int:
    """Add the province's subjects that are not there yet; how many."""
    agency = agencies[PROVINCE]
    known = set(SensitiveSubject.objects.filter(agency=agency).values_list("name", flat=True))
    missing = [text for text in texts.read(FILE) if text.get("主题") not in known]
    for text in missing:
        subject = SensitiveSubject(
            agency=agency,
            name=text.get("主题"),
            reason=text.get("理由"),
            words=text.body,
            is_demo=True,
        )
        actions.create_subject(actor=None, subject=subject)
    return len(missing)
