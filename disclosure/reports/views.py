"""Public pages of annual reports (政府信息公开年报): the index, a report, its JSON."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.charts.shapes import Chart
from disclosure.core.dates import legal_day, now
from disclosure.core.paging import paginate
from disclosure.figures.models import ServiceFigures
from disclosure.figures.presenting import in_time_chart
from disclosure.files.names import content_disposition
from disclosure.reports import files, overview
from disclosure.reports.charts import report_charts
from disclosure.reports.document import Document
from disclosure.reports.models import AnnualReport
from disclosure.reports.overview_years import figures_over_years
from disclosure.reports.presenting import meta_of, shown_figures, shown_parts
from disclosure.reports.trail import ReportEdition

AGENCIES_A_PAGE = 50
#: Years before and after that a report is compared with.
YEARS_COMPARED = 4

UNKNOWN_AGENCY = gettext_lazy("There is no agency with this code; all agencies are shown.")
UNKNOWN_YEAR = gettext_lazy("There is no report on that year; all years are shown.")
BROKEN_MARK = gettext_lazy("That page does not exist; this is the first one.")


@dataclass(frozen=True)
class Choice:
    """An option of a filter."""

    value: str
    label: str
    is_local: bool
    selected: bool


@dataclass(frozen=True)
class ReportLink:
    """A year of an agency in the index."""

    year: int
    url: str
    title: str


@dataclass(frozen=True)
class AgencyRow:
    """An agency of the index with its years, the latest first."""

    name: str
    is_local: bool
    reports: list[ReportLink]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every agency's reports by year; four queries beside the page frame's, however many, and with
    a year two more for its sum, with an agency alone one for its figures over all years."""
    moment = now()
    visible = AnnualReport.objects.visible_to_public(moment)
    notes: list[str | Promise] = []
    years = list(visible.order_by("-year").values_list("year", flat=True).distinct())
    agencies = list(_with_reports(visible))
    year = _chosen_year(request, years, notes)
    agency = _chosen_agency(request, agencies, notes)
    shown = visible.filter(year=year) if year else visible
    rows = _with_reports(shown)
    if agency:
        rows = rows.filter(path__startswith=agency.path)
    page = paginate(
        rows,
        fields=("path",),
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        size=AGENCIES_A_PAGE,
        descending=False,
    )
    if page.is_broken:
        notes.append(BROKEN_MARK)
    context = {
        "rows": _rows(page.rows, shown),
        "years": [Choice(str(one), str(one), True, one == year) for one in years],
        "agencies": [
            Choice(one.code, one.local_name, _is_local(one), one == agency) for one in agencies
        ],
        "is_filtered": bool(year or agency),
        "summary": overview.of_year(year, moment, agency) if year else None,
        "of_agency": agency.local_name if agency else "",
        "of_agency_is_local": agency is None or _is_local(agency),
        "figure_charts": figures_over_years(agency, moment) if agency and not year else [],
        "notes": notes,
        "next_url": _page_url(request, "after", page.after),
        "previous_url": _page_url(request, "before", page.before),
        "column": {
            "name": _("Annual reports"),
            "description": _("Annual reports of every agency on its disclosure work, by year."),
            "keywords": _("annual report, government information disclosure, figures"),
            "type": _("Government information disclosure"),
        },
    }
    return render(request, "disclosure/reports/index.html", context)


@require_safe
def detail(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """One report to be read; two queries beside the page frame's."""
    report = _report_or_404(code, year)
    edition = _edition_or_404(request, report)
    document = edition.document()
    earlier, later = _neighbours(report)
    others = _other_years(report) if document.form else []
    before = next((one for one in others if one.year == report.year - 1), None)
    language = (get_language() or "zh")[:2]
    column = reverse("annual-reports")
    context = {
        "report": report,
        "agency_name": report.agency.local_name,
        "agency_is_local": _is_local(report.agency),
        "published_on": legal_day(report.published_at) if report.published_at else None,
        "document": document,
        "edition": edition,
        "editions": _editions(report),
        "is_latest": edition.pk == report.edition_id,
        "lead": [line for line in document.lead.split("\n") if line.strip()],
        "sections": shown_parts(document, before, language),
        "charts": _charts(report, document, others) if document.form else [],
        "downloads": _downloads(report, edition),
        "figures": shown_figures(document),
        "earlier": earlier,
        "later": later,
        "index_url": f"{column}?{urlencode({'agency': code})}",
        "data_url": reverse("annual-report-json", args=[code, year]),
        "crumbs": [(_("Annual reports"), column), (f"{report.year}", "")],
        "article": meta_of(report, document, request.build_absolute_uri(report.get_absolute_url())),
    }
    return render(request, "disclosure/reports/detail.html", context)


def _charts(report: AnnualReport, document: Document, others: list[Document]) -> list[Chart]:
    """Those of the report's tables, and how much was answered in time where that is known of a
    quarter of its year: no statutory table says it."""
    charts = report_charts(document, others)
    service = ServiceFigures.objects.filter(scope=report.agency.code).first()
    if service and any(one.startswith(str(report.year)) for one in service.content["quarters"]):
        charts.append(in_time_chart(service.content))
    return charts


@require_safe
def as_file(request: HttpRequest, code: str, year: int, *, kind: str) -> HttpResponse:
    """The edition as DOCX, XLSX or PDF, as it was made at publication; made now where the worker
    has not come to it yet."""
    report = _report_or_404(code, year)
    edition = _edition_or_404(request, report)
    etag = f'"{edition.sha256[:32]}-{kind}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(files.made(edition, kind), content_type=files.CONTENT_TYPES[kind])
    answer["ETag"] = etag
    answer["Content-Disposition"] = content_disposition(f"{report.title}.{kind}")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
def as_data(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The report in the contract's JSON, which imports again unchanged."""
    report = _report_or_404(code, year)
    edition = _edition_or_404(request, report)
    return HttpResponse(files.made(edition, "json"), content_type="application/json")


def _report_or_404(code: str, year: int) -> AnnualReport:
    if "\x00" in code:
        raise Http404  # PostgreSQL takes no text with it
    report = (
        AnnualReport.objects.visible_to_public(now())
        .select_related("agency", "edition")
        .filter(agency__code=code, year=year)
        .first()
    )
    if report is None:
        raise Http404
    return report


def _editions(report: AnnualReport) -> list[ReportEdition]:
    """The editions that are anybody's to read, the latest first; none where there is but one."""
    assert report.edition is not None  # noqa: S101  (what is visible has one)
    if report.edition.number == report.open_from:
        return []
    found = report.editions.filter(number__gte=report.open_from, number__lte=report.edition.number)
    return list(found.defer("content", "workings").order_by("-number"))


def _edition_or_404(request: HttpRequest, report: AnnualReport) -> ReportEdition:
    """The edition that is out, or by `edition` an earlier one that is still anybody's to read."""
    latest = report.edition
    assert latest is not None  # noqa: S101  (what is visible has one)
    wanted = request.GET.get("edition", "")
    if not wanted or wanted == str(latest.number):
        return latest
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 5):
        raise Http404
    found = report.editions.filter(number=int(wanted), number__gte=report.open_from).first()
    if found is None or found.number > latest.number:
        raise Http404
    return found


def _neighbours(report: AnnualReport) -> tuple[ReportLink | None, ReportLink | None]:
    """The agency's reports before and after this one; one query for both."""
    others = AnnualReport.objects.visible_to_public(now()).filter(agency=report.agency)
    links = [
        _link(report.agency, year, title)
        for year, title in others.order_by("year").values_list("year", "title")
    ]
    earlier = next((link for link in reversed(links) if link.year < report.year), None)
    return earlier, next((link for link in links if link.year > report.year), None)


def _other_years(report: AnnualReport) -> list[Document]:
    """The agency's public reports on the years about this one, in the forms with tables."""
    about = AnnualReport.objects.visible_to_public(now()).filter(
        agency=report.agency,
        year__range=(report.year - YEARS_COMPARED, report.year + YEARS_COMPARED),
    )
    editions = ReportEdition.objects.of(about.exclude(pk=report.pk)).exclude(
        form=AnnualReport.Form.FREE
    )
    return sorted((one.document() for one in editions), key=lambda one: one.year)


def _downloads(report: AnnualReport, edition: ReportEdition) -> list[tuple[str, str]]:
    """The formats with their addresses."""
    query = "" if edition.pk == report.edition_id else f"?edition={edition.number}"
    return [
        (
            kind.upper(),
            reverse(f"annual-report-{kind}", args=[report.agency.code, report.year]) + query,
        )
        for kind in ("docx", "xlsx", "pdf", "json")
    ]


def _with_reports(visible: QuerySet[AnnualReport]) -> QuerySet[Agency]:
    own = visible.filter(agency=OuterRef("pk")).order_by()
    found = Agency.objects.filter(Exists(own)).only("code", "name", "name_en", "path")
    return found.order_by("path")


def _rows(agencies: list[Agency], visible: QuerySet[AnnualReport]) -> list[AgencyRow]:
    links: dict[int, list[ReportLink]] = {agency.pk: [] for agency in agencies}
    by_id = {agency.pk: agency for agency in agencies}
    found = visible.filter(agency__in=agencies).order_by("-year")
    for agency_id, year, title in found.values_list("agency_id", "year", "title"):
        links[agency_id].append(_link(by_id[agency_id], year, title))
    return [AgencyRow(one.local_name, _is_local(one), links[one.pk]) for one in agencies]


def _link(agency: Agency, year: int, title: str) -> ReportLink:
    return ReportLink(year, AnnualReport(agency=agency, year=year).get_absolute_url(), title)


def _is_local(agency: Agency) -> bool:
    """Whether the name shown is in the page's language."""
    return not (get_language() or "").startswith("en") or bool(agency.name_en)


def _chosen_year(request: HttpRequest, years: list[int], notes: list[str | Promise]) -> int | None:
    given = request.GET.get("year", "").strip()
    if given and given not in {str(year) for year in years}:
        notes.append(UNKNOWN_YEAR)
        return None
    return int(given) if given else None


def _chosen_agency(
    request: HttpRequest, agencies: list[Agency], notes: list[str | Promise]
) -> Agency | None:
    given = request.GET.get("agency", "").strip()
    if not given:
        return None
    found = next((agency for agency in agencies if agency.code == given), None)
    found = found or (Agency.objects.filter(code=given).first() if "\x00" not in given else None)
    if found is None:
        notes.append(UNKNOWN_AGENCY)
    return found


def _page_url(request: HttpRequest, name: str, mark: str | None) -> str:
    if mark is None:
        return ""
    query = request.GET.copy()
    for other in ("after", "before"):
        query.pop(other, None)
    query[name] = mark
    return f"?{query.urlencode()}"
