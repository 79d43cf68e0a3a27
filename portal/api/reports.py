"""Annual reports in the contract's JSON, and the figures of the service."""

from typing import Any

from django.db.models import ExpressionWrapper, F, IntegerField, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from disclosure.agencies.models import Agency
from disclosure.core.paging import paginate
from disclosure.figures.hiding import SMALL
from disclosure.figures.models import ServiceFigures
from disclosure.publications.models import Publication
from disclosure.reports.files import FORMATS
from disclosure.reports.models import CONTENT, AnnualReport
from disclosure.reports.trail import ReportEdition
from portal.api import parameters
from portal.api.base import ReadView
from portal.api.parameters import Parameter
from portal.api.problems import invalid
from portal.api.shapes import Named, Shape

SIZE = 50
UNKNOWN_AGENCY = gettext_lazy("There is no such choice: %(value)s")


def agency_of(code: str | None) -> Agency | None:
    """The agency that the parameter names; one that is not there is a problem."""
    if code is None:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise invalid({"agency": [UNKNOWN_AGENCY % {"value": code}]})
    return found


class ReportShape(Shape):
    """An annual report (政府信息公开工作年度报告) as a list has it."""

    agency = Named(help_text=gettext_lazy("Whose report it is."))
    year = serializers.IntegerField(help_text=gettext_lazy("The year reported on."))
    form = serializers.ChoiceField(
        AnnualReport.Form.choices, help_text=gettext_lazy("The form that it follows.")
    )
    title = serializers.CharField(help_text=gettext_lazy("Its title."))
    published_at = serializers.DateTimeField(help_text=gettext_lazy("Since when it is public."))
    edition = serializers.IntegerField(
        source="edition.number", help_text=gettext_lazy("Its edition; a correction is the next.")
    )
    sha256 = serializers.CharField(
        source="edition.sha256", help_text=gettext_lazy("SHA-256 of what the edition says.")
    )
    url = serializers.SerializerMethodField(help_text=gettext_lazy("Its page."))
    api_url = serializers.SerializerMethodField(
        help_text=gettext_lazy("The report here, with texts and tables.")
    )
    files = serializers.SerializerMethodField(
        help_text=gettext_lazy("Where it is as a file, by format.")
    )

    @extend_schema_field(serializers.URLField)
    def get_url(self, report: AnnualReport) -> str:
        return self.absolute(report.get_absolute_url())

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, report: AnnualReport) -> str:
        return self.absolute(reverse("api-annual-report", args=[report.agency.code, report.year]))

    @extend_schema_field(serializers.DictField(child=serializers.URLField()))
    def get_files(self, report: AnnualReport) -> dict[str, str]:
        place = [report.agency.code, report.year]
        return {
            kind: self.absolute(reverse(f"annual-report-{kind}", args=place)) for kind in FORMATS
        }


class Reports(ReadView):
    """Every public report."""

    summary = gettext_lazy("Annual reports")
    about = gettext_lazy("The latest year first, fifty at a time.")
    tag, name = "reports", "annual_reports_list"
    shape, is_list = ReportShape, True
    parameters = (
        parameters.AGENCY,
        parameters.YEAR,
        *parameters.PAGING,
        parameters.FIELDS,
    )

    def get(self, request: Request) -> Response:
        agency = agency_of(self.given.get("agency"))
        rows = _listed(AnnualReport.objects.visible_to_public(self.at))
        if agency is not None:
            rows = rows.filter(agency__path__startswith=agency.path)
        if "year" in self.given:
            rows = rows.filter(year=int(self.given["year"]))
        page = paginate(
            rows.annotate(place=ExpressionWrapper(F("year"), output_field=IntegerField())),
            fields=("place", "id"),
            after=self.given.get("after"),
            before=self.given.get("before"),
            size=SIZE,
        )
        return self.page(page.rows, page)


def _listed(rows: QuerySet[AnnualReport]) -> QuerySet[AnnualReport]:
    """Without the contents."""
    edition = ("edition__content", "edition__workings")
    return rows.select_related("agency", "edition").defer(*CONTENT, *edition)


@extend_schema_field(OpenApiTypes.ANY)
class Free(serializers.JSONField):
    """Whatever the contract's JSON holds there."""


class ReportDocumentShape(Shape):
    """The report in the JSON that `import_annual_report` takes and `…/<year>.json` gives."""

    format = serializers.IntegerField(help_text=gettext_lazy("The format of this JSON: 1."))
    form = serializers.ChoiceField(
        AnnualReport.Form.choices, help_text=gettext_lazy("The form that it follows.")
    )
    agency = serializers.CharField(help_text=gettext_lazy("The name of the agency."))
    agency_code = serializers.CharField(help_text=gettext_lazy("Its code."))
    year = serializers.IntegerField(help_text=gettext_lazy("The year reported on."))
    title = serializers.CharField(help_text=gettext_lazy("Its title."))
    lead = serializers.CharField(help_text=gettext_lazy("What stands before the first heading."))
    sections = Free(help_text=gettext_lazy("The written parts: by key, in the free form a list."))
    tables = Free(
        required=False,
        help_text=gettext_lazy(
            "The tables: a cell is a number, null (blank) or “NA” (not applicable)."
        ),
    )
    figures = Free(
        required=False, help_text=gettext_lazy("The named figures of a report without tables.")
    )
    previous = Free(
        required=False, help_text=gettext_lazy("The tables of the year before, as it tells them.")
    )
    demonstration = serializers.BooleanField(
        required=False,
        help_text=gettext_lazy("Whether it is made up, to show the portal at work."),
    )


class ReportDetail(ReadView):
    """One report in the contract's JSON."""

    summary = gettext_lazy("One annual report")
    about = gettext_lazy("In the JSON that can be imported again unchanged.")
    tag, name = "reports", "annual_reports_read"
    shape = ReportDocumentShape
    answers = (404,)
    parameters = (
        Parameter(
            "edition",
            gettext_lazy("The number of an earlier edition; the present one by itself."),
            pattern=r"^[1-9]\d{0,3}$",
        ),
    )

    def get(self, request: Request, code: str, year: int) -> Response:
        if "\x00" in code:
            raise Http404
        report = (
            _listed(AnnualReport.objects.visible_to_public(self.at))
            .filter(agency__code=code, year=year)
            .first()
        )
        if report is None or report.edition is None:
            raise Http404
        edition: ReportEdition | None = report.edition
        if "edition" in self.given:
            wanted = int(self.given["edition"])
            editions = report.editions.filter(number=wanted, number__gte=report.open_from)
            edition = editions.filter(number__lte=report.edition.number).first()
        if edition is None:
            raise Http404
        # An edition is frozen: of nothing else is the day of the last change known.
        modified = {"Last-Modified": http_date(edition.published_at.timestamp())}
        return Response(edition.document().as_json(), headers=modified)


# --- figures -------------------------------------------------------------------------------------
COUNT = {
    "oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "enum": [SMALL]}],
    "nullable": True,
}


@extend_schema_field(COUNT)
class Told(serializers.JSONField):
    """A count of people's requests as far as it may be told."""


_TOLD = gettext_lazy(
    "How many, to the nearest 5; “<5” for one to four; null where it would give another away."
)


class MonthShape(Shape):
    """A month with a count."""

    month = serializers.CharField(help_text=gettext_lazy("The month, such as 2026-03."))
    count = Told(allow_null=True, help_text=_TOLD)


class KindShape(Shape):
    """A kind with a count."""

    key = serializers.CharField(help_text=gettext_lazy("The key of the kind."))
    count = Told(allow_null=True, help_text=_TOLD)


class QuarterShape(Shape):
    """How soon was answered in a quarter."""

    quarter = serializers.CharField(help_text=gettext_lazy("The quarter, such as 2026Q1."))
    median_days = serializers.IntegerField(
        allow_null=True,
        help_text=gettext_lazy("Working days to the answer, the median; null of too few."),
    )
    in_time_percent = serializers.IntegerField(
        allow_null=True,
        help_text=gettext_lazy("Answered by the last day, in percent; null of too few."),
    )
    in_time_bound = serializers.ChoiceField(
        ["least", "most"],
        allow_null=True,
        help_text=gettext_lazy("Whether that percentage is only a bound."),
    )


class PublishedShape(Shape):
    """A month or a root category with the exact number of items."""

    key = serializers.CharField(help_text=gettext_lazy("The month, or the code of the category."))
    count = serializers.IntegerField(help_text=gettext_lazy("How many items, exactly."))


class AskedShape(Shape):
    """What was asked for often and is public now."""

    index_number = serializers.CharField(
        help_text=gettext_lazy("The index number of what is public now.")
    )
    title = serializers.CharField(help_text=gettext_lazy("Its title."))
    people = Told(help_text=_TOLD)


class StatisticsShape(Shape):
    """The figures of the service, worked out once a day."""

    agency = serializers.CharField(
        allow_null=True, help_text=gettext_lazy("The code of the agency; null: all of them.")
    )
    as_of = serializers.DateField(help_text=gettext_lazy("The day of the figures."))
    received = MonthShape(many=True, help_text=gettext_lazy("Requests received by month."))
    outcomes = KindShape(many=True, help_text=gettext_lazy("Requests by outcome."))
    applicants = KindShape(many=True, help_text=gettext_lazy("Requests by kind of applicant."))
    answers = QuarterShape(many=True, help_text=gettext_lazy("How soon was answered."))
    published = PublishedShape(many=True, help_text=gettext_lazy("Items published by month."))
    categories = PublishedShape(
        many=True, help_text=gettext_lazy("Items published by root category.")
    )
    asked_for = AskedShape(
        many=True, help_text=gettext_lazy("What was asked for most, and published since.")
    )


class Statistics(ReadView):
    """Requests received, their outcomes and how soon they were answered."""

    summary = gettext_lazy("Figures of the service")
    about = gettext_lazy(
        "Of all agencies, or of one with those below it; renewed once a day. Small counts are not "
        "told, others are rounded."
    )
    tag, name = "reports", "request_statistics_read"
    shape = StatisticsShape
    answers = (404,)
    parameters = (parameters.AGENCY, parameters.FIELDS)

    def get(self, request: Request) -> Response:
        agency = agency_of(self.given.get("agency"))
        scope = agency.code if agency else ServiceFigures.ALL
        found = ServiceFigures.objects.filter(scope=scope).first()
        if found is None:
            raise Http404
        return self.record(_as_record(found, agency, self._public(found.content)))

    def _public(self, content: dict[str, Any]) -> list[dict[str, Any]]:
        people = dict(content["asked"])
        rows: dict[int, Publication] = (
            Publication.objects.visible_to_public(self.at)
            .only("pk", "index_number", "title")
            .in_bulk(people)
        )
        return [
            {"index_number": rows[key].index_number, "title": rows[key].title, "people": number}
            for key, number in people.items()
            if key in rows
        ]


def _as_record(
    found: ServiceFigures, agency: Agency | None, asked: list[dict[str, Any]]
) -> dict[str, Any]:
    """What is kept, in rows."""
    content = found.content
    months = content["months"]
    answers = []
    for quarter, median, share in zip(
        content["quarters"], content["median"], content["in_time"], strict=True
    ):
        percent, bound = share or (None, "")
        answers.append(
            {
                "quarter": quarter,
                "median_days": median,
                "in_time_percent": percent,
                "in_time_bound": bound or None,
            }
        )
    return {
        "agency": agency.code if agency else None,
        "as_of": found.as_of,
        "received": _rows("month", zip(months, content["received"], strict=True)),
        "outcomes": _rows("key", content["outcomes"].items()),
        "applicants": _rows("key", content["applicants"].items()),
        "answers": answers,
        "published": _rows("key", zip(months, content["published"], strict=True)),
        "categories": _rows("key", content["categories"].items()),
        "asked_for": asked,
    }


def _rows(name: str, pairs: Any) -> list[dict[str, Any]]:
    return [{name: key, "count": count} for key, count in pairs]
