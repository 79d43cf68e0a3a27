"""The staff pages of the working-day calendar: each announced year with its days."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Model, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, ScopedTabularInline, person
from disclosure.backstage.pills import pill
from disclosure.core.dates import today
from disclosure.workdays import actions
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.models import FIRST_YEAR, LAST_YEAR, CalendarDay, CalendarYear
from disclosure.workdays.store import current_calendar
from disclosure.workdays.table import ANNOUNCED_THROUGH
from disclosure.workdays.year import look_at

#: Empty rows offered: an announcement has some thirty days, a correction one or two.
ROWS_FOR_NEW, ROWS_FOR_MORE = 10, 3
OUT_OF_RANGE = _("Years from 2008 to 2100 can be entered.")


class YearForm(forms.ModelForm):
    """A year's announcement; each thing wrong with it is said at its own field."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"min_value": OUT_OF_RANGE, "max_value": OUT_OF_RANGE},
        help_text=_("The year in which the days lie. It is not changed later."),
    )

    def clean_announced_on(self) -> Any:
        """An announcement comes in the year before or, changed, in the year itself."""
        day = self.cleaned_data["announced_on"]
        year = self.cleaned_data.get("year", self.instance.year)
        if day is None:
            return day
        if day > today():
            raise forms.ValidationError(_("An announcement cannot lie in the future."))
        if year is not None and day.year not in (year - 1, year):
            raise forms.ValidationError(
                _("A year is announced in the year before it, or in the year itself.")
            )
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("announced_on") and "source" in given and not given["source"].strip():
            self.add_error("source", _("An announced year needs its source."))
        return cleaned


class DaysFormSet(BaseInlineFormSet):
    """The days of a year; one that is typed twice is told at the second."""

    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            day = form.cleaned_data.get("date") if form.is_valid() else None
            if day is None or form in self.deleted_forms:
                continue
            if day in seen:
                form.add_error("date", _("This date stands twice in this form."))
            seen.add(day)
        super().clean()


class DayInline(ScopedTabularInline):
    """The days off and make-up workdays of a year."""

    model = CalendarDay
    formset = DaysFormSet
    fields = ("date", "kind", "name")
    ordering = ("date",)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The calendar is common property: everyone on the staff reads it."""
        return self.allowed(request, "view")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        has_days = obj is not None and obj.pk is not None and obj.days.exists()
        return ROWS_FOR_MORE if has_days else ROWS_FOR_NEW

    def save_row(self, request: HttpRequest, obj: CalendarDay, form: forms.ModelForm) -> None:
        actions.save_day(actor=person(request), day=obj)

    def delete_row(self, request: HttpRequest, obj: CalendarDay) -> None:
        actions.delete_day(actor=person(request), day=obj)


@admin.register(CalendarYear)
class CalendarYearAdmin(ScopedModelAdmin):
    """The calendar of working days (工作日历), year by year, over what is built in."""

    form = YearForm
    inlines = (DayInline,)
    history_of_parts = ("days",)
    list_display = ("year", "announced_on", "source", "days_off", "make_up")
    ordering = ("-year",)
    change_list_template = "admin/calendar_list.html"
    delete_confirmation_template = "admin/calendar_delete.html"
    fieldsets = ((None, {"fields": ("year", "announced_on", "source", "source_url")}),)

    # --- the list -----------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        kinds = CalendarDay.Kind
        return (
            super()
            .get_queryset(request)
            .annotate(
                count_off=Count("days", filter=Q(days__kind=kinds.OFF)),
                count_work=Count("days", filter=Q(days__kind=kinds.WORK)),
            )
        )

    @admin.display(description=_("days off entered"), ordering="count_off")
    def days_off(self, year: CalendarYear) -> int:
        return int(year.count_off)  # type: ignore[attr-defined]

    @admin.display(description=_("workdays entered"), ordering="count_work")
    def make_up(self, year: CalendarYear) -> int:
        return int(year.count_work)  # type: ignore[attr-defined]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With how each year counts: the calendar is read once for the whole list."""
        calendar = current_calendar()

        @admin.display(description=_("state"))
        def standing(year: CalendarYear) -> SafeString:
            return _standing(calendar, year.year)

        columns = list(super().get_list_display(request))
        columns.insert(1, standing)
        return columns

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"announced_through": ANNOUNCED_THROUGH, **(extra_context or {})}
        return super().changelist_view(request, context)

    # --- the form -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the year as it counts now, once it is there."""
        found = list(super().get_fieldsets(request, obj))
        if obj is not None:
            found.append((_("The year as it counts now"), {"fields": ("as_it_counts",)}))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = [*super().get_readonly_fields(request, obj), "as_it_counts"]
        return [*fixed, "year"] if obj is not None else fixed

    @admin.display(description=_("to be held against the announcement"))
    def as_it_counts(self, year: CalendarYear) -> SafeString:
        calendar = current_calendar()
        context = {
            "year": year.year,
            "shown": look_at(calendar, year.year),
            "standing": _standing(calendar, year.year),
            "is_built_in": year.year <= ANNOUNCED_THROUGH,
        }
        return render_to_string("admin/calendar_year.html", context)

    def seen_mark(self, object_id: str) -> str:
        """Days are rows of their own: one that another has saved overtakes the form too."""
        mark = super().seen_mark(object_id)
        if not mark:
            return mark
        newest = CalendarDay.history.filter(year_id=object_id).order_by("-history_id")
        return f"{mark}-{newest.values_list('history_id', flat=True).first() or 0}"

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: CalendarYear, form: forms.ModelForm) -> None:
        actions.save_year(actor=person(request), year=obj)

    def update_record(self, request: HttpRequest, obj: CalendarYear, form: forms.ModelForm) -> None:
        actions.save_year(actor=person(request), year=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            _say_what_follows(request)

    def delete_record(self, request: HttpRequest, obj: CalendarYear) -> None:
        actions.delete_year(actor=person(request), year=obj)
        _say_what_follows(request)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The question, with what will count afterwards."""
        context = {"announced_through": ANNOUNCED_THROUGH, **(extra_context or {})}
        return super().delete_view(request, object_id, context)


def _standing(calendar: WorkdayCalendar, year: int) -> SafeString:
    """Announced or provisional, in a pill."""
    if calendar.is_announced(year):
        return pill(gettext("Announced"), "ok")
    return pill(gettext("Provisional"), "warn")


def _say_what_follows(request: HttpRequest) -> None:
    messages.warning(
        request,
        gettext(
            "New reckonings follow the calendar at once. The dates stored with open requests "
            "follow when %(command)s has run: please have that done."
        )
        % {"command": "manage.py move_with_calendar"},
    )
