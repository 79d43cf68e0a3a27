"""A case in labelled lines, for the applicant's page and for staff's alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from disclosure.core.citing import cite
from requests_app.casework.models import Answer, DisclosureRequest, RequestFile
from requests_app.determination import Group
from requests_app.intake.forms import ID_TYPES

#: Refusals on these articles go to reconsideration before court (Administrative Reconsideration
#: Law, Art. 23(1)(4); 法释〔2025〕8号).
RECONSIDERATION_FIRST = frozenset({"14", "15", "16"})


@dataclass(frozen=True)
class Line:
    """A label with its value; `is_content` marks what is in the language of the content."""

    label: str
    value: str
    is_content: bool = False


@dataclass(frozen=True)
class AnswerShown:
    """The answer: outcome and article in words, the text, its files."""

    answer: Answer
    article: str
    files: list[RequestFile]
    #: "" or which part must go to reconsideration before court: "whole", "part".
    reconsideration_first: str
    #: The class of the word beside it: given, given in part, not given.
    pill: str


def asked(request: DisclosureRequest) -> list[Line]:
    """What is asked for, and how it is wanted."""
    agency = request.agency
    lines = [
        Line(_("Agency asked"), agency.local_name, is_content=agency.local_name == agency.name),
        Line(_("Name of the information"), request.information_name, is_content=True),
        Line(_("Document number"), request.document_number, is_content=True),
        Line(_("Other features"), request.description, is_content=True),
        Line(_("Form wanted"), request.get_form_display()),
        Line(_("Way of delivery"), request.get_channel_display()),
        Line(_("Came in"), request.get_intake_channel_display()),
    ]
    return [line for line in lines if line.value]


def applicant(
    request: DisclosureRequest, data: Mapping[str, str], *, name_label: str
) -> list[Line]:
    """Who asks, as far as `data` (masked or not) says it."""
    labels = {
        "name": name_label,
        "id_type": _("Identity document"),
        "id_number": _("Number of the document"),
        "organisation_code": _("Unified social credit code"),
        "representative": _("Legal representative or contact person"),
        "phone": _("Telephone"),
        "email": _("E-mail address"),
        "postal_address": _("Postal address"),
    }
    lines = [Line(_("Kind of applicant"), request.get_applicant_kind_display())]
    for key, label in labels.items():
        if value := data.get(key):
            if key == "id_type":
                value = str(dict(ID_TYPES).get(value, value))
            lines.append(Line(label, value, is_content=key != "id_type"))
    return lines


def answer(request: DisclosureRequest, files: list[RequestFile]) -> AnswerShown | None:
    """The answer as it reads; None before there is one."""
    stored: Answer | None = getattr(request, "answer", None)
    row = request.outcome_row
    if stored is None or row is None:
        return None
    first = ""
    if row.group == Group.PARTLY:
        first = "part"
    elif row.article in RECONSIDERATION_FIRST:
        first = "whole"
    return AnswerShown(
        answer=stored,
        article=cite(row.article.partition("(")[0]),
        files=[file for file in files if file.purpose == RequestFile.Purpose.ANSWER],
        reconsideration_first=first,
        pill={Group.GRANTED: "ok", Group.PARTLY: "warn"}.get(row.group, ""),
    )
