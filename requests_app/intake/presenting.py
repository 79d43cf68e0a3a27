"""The answers of the request form as the review page shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from requests_app.casework.models import StagedUpload
from requests_app.intake.forms import RequestForm


@dataclass(frozen=True)
class Line:
    """One line of the review: the question and what was answered; `lines` keeps its breaks."""

    label: str
    value: str
    is_chinese: bool = False


def review_lines(form: RequestForm, staged: list[StagedUpload]) -> list[Line]:
    """Every answer of a valid form in words, then the names of the files."""
    lines = []
    for name, value in form.answers():
        if name == "declaration":
            continue
        field = form.fields[name]
        is_chinese = False
        if name == "agency":
            agency = form.cleaned_data[name]
            value, is_chinese = agency.local_name, agency.local_name == agency.name
        elif choices := getattr(field, "choices", None):
            value = str(dict(choices)[value])
        lines.append(Line(str(field.label), value, is_chinese))
    for number, file in enumerate(staged, 1):
        label = _("File %(number)d") % {"number": number}
        lines.append(Line(label, file.name, is_chinese=True))
    return lines
