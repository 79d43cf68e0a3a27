"""The base of every staff page: rights, lists, choices and addresses from the one table.

A page for a model is `class XAdmin(ScopedModelAdmin)`; it gets its rows through the table,
answers 404 for what is not there *for this person*, offers only lawful choices, and saves through
the room's actions (`create_record`, `update_record`, `delete_record`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import DateTimeField, Field, ForeignKey, Max, Model, QuerySet, URLField
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.backstage.autocomplete import KeyedSelect
from disclosure.backstage.filters import ScopedRelatedFilter, beyond_reason, is_key, lookups_of
from disclosure.backstage.history import HistoryMixin
from disclosure.backstage.scoping import agency_lookup, right, rows_for
from disclosure.backstage.steps import SEEN
from disclosure.backstage.typed import no_control_characters, no_far_year
from disclosure.core.errors import Conflict, NotPermitted, NotPossible, Refusal
from disclosure.core.paging import CappedPaginator

#: Where a refused or overtaken save leaves its reasons for the form that is shown again.
_REASONS = "_refusals"

OVERTAKEN = _(
    "Somebody else has saved this meanwhile; see the history. Saving again replaces their version."
)


class ReasonedForm(forms.ModelForm):
    """A record whose change may say why; `reason` goes into the history."""

    reason = forms.CharField(
        label=_("reason for the change"),
        max_length=records.REASON_LENGTH,
        required=False,
        help_text=_("Stands in the history, for colleagues only."),
    )


class Scoped(BaseModelAdmin):
    """What pages and inlines share: rights and choices from the table."""

    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    #: Verbs whose right at an agency makes it a lawful choice in this form.
    choice_verbs: Sequence[str] = ("add", "change")

    def allowed(self, request: HttpRequest, verb: str, obj: Model | None = None) -> bool:
        """Whether the table lets the person do `verb` to `obj` (or anywhere)."""
        return rights.allows(person(request), right(verb, self.model), obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's; what is typed holds no characters that nobody sees and no page takes."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            field.validators.append(no_control_characters)
        if isinstance(field, forms.SplitDateTimeField):
            field.validators.append(no_far_year)
            _name_the_halves(field)
        return field

    def choice_actions(self) -> list[str]:
        return [right(verb, self.model) for verb in self.choice_verbs]

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """What may be chosen for `db_field` in this form; autocompletes answer the same."""
        model = db_field.related_model
        rows = rows_for(person(request), self.choice_actions(), model)
        return rows.complex_filter(db_field.get_limit_choices_to())

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        kwargs.setdefault("queryset", self._ordered(db_field, request))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyedSelect(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if isinstance(field, forms.ModelChoiceField):
            field.label_from_instance = self.choice_label  # type: ignore[method-assign,assignment]
        return field

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        kwargs.setdefault("queryset", self._ordered(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choice_label(self, row: Model) -> str:
        """A choice as it reads; what lies in a tree is indented."""
        depth = getattr(row, "depth", 1)
        return "\u3000" * (depth - 1) + str(getattr(row, "local_name", row))

    def _ordered(self, db_field: Field, request: HttpRequest) -> QuerySet[Any]:
        rows = self.related_rows(db_field, request)
        model = db_field.related_model
        return rows.order_by("path") if hasattr(model, "steplen") else rows


class ScopedModelAdmin(HistoryMixin, Scoped, admin.ModelAdmin):
    """The staff pages of one model."""

    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    change_form_template = "admin/record_form.html"
    delete_confirmation_template = "admin/record_delete.html"
    #: Another save since the form was opened is told before it is overwritten.
    notices_overtaking = True

    # --- rights -------------------------------------------------------------------------------
    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None and agency_lookup(self.model) is None:
            obj = None  # common property is seen by everyone who may see it anywhere
        return self.allowed(request, "view", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        common = agency_lookup(self.model) is None
        return self.allowed(request, "add", self.model() if common else None)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allowed(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allowed(request, "delete", obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        # The sign-in page asks too, before anybody has signed in.
        return isinstance(request.user, User) and self.has_view_permission(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No `delete_selected`: a bulk action is a loop over the single one, see `steps`."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    # --- rows ---------------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = rows_for(person(request), [right("view", self.model)], self.model)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model:
        """The record, or 404 whether it is missing or another agency's (Django answers 302)."""
        found = super().get_object(request, object_id, from_field or None)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list's own filters ask: over any field of the model, as Django has it,
        a lookup would spell out what no page shows (a password's hash) or upset the database."""
        first = lookup.partition(LOOKUP_SEP)[0]
        if first != "pk" and not _is_field(self.model, first):
            return True  # there is nothing that it could ask
        return lookup in lookups_of(self.list_filter, self.date_hierarchy)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address brings for a new record; no moments, which come as text."""
        given: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        moments = [field.name for field in self.opts.fields if isinstance(field, DateTimeField)]
        return {name: value for name, value in given.items() if name not in moments}

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [self._scoped_filter(item) for item in super().get_list_filter(request)]

    def _scoped_filter(self, item: Any) -> Any:
        if isinstance(item, str) and "__" not in item:
            field = self.opts.get_field(item)
            if field.is_relation:
                return (item, ScopedRelatedFilter)
        return item

    def filter_choices(self, field: Any, request: HttpRequest) -> QuerySet[Any]:
        """What a list filter over `field` offers."""
        rows = rows_for(person(request), [right("view", self.model)], field.related_model)
        return rows.order_by("path") if hasattr(field.related_model, "steplen") else rows

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; of a filter (or of rows chosen for a bulk step) that no database takes it says
        what Django says of others."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if beyond_reason(request.GET, self.date_hierarchy) or not all(map(is_key, chosen)):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: Any, form: forms.ModelForm) -> None:
        """Store a new record through the room's action."""
        raise NotImplementedError

    def update_record(self, request: HttpRequest, obj: Any, form: forms.ModelForm) -> None:
        """Store a changed record through the room's action."""
        raise NotImplementedError

    def delete_record(self, request: HttpRequest, obj: Any) -> None:
        """Delete a record through the room's action."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.update_record(request, obj, form)
        else:
            self.create_record(request, obj, form)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_record(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_record(request, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        inline: ScopedInline = formset.scoped_inline
        changed = formset.save(commit=False)
        for obj in formset.deleted_objects:
            inline.delete_row(request, obj)
        rows = {id(row.instance): row for row in formset.forms}
        for obj in changed:
            inline.save_row(request, obj, rows[id(obj)])

    # The audit trail and the history say what happened: Django's own log would say it again.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        return None

    # --- the form -----------------------------------------------------------------------------
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, which also says why the room's action refused what was typed."""
        made = super().get_form(request, obj, change=change, **kwargs)
        refusals: Iterable[Refusal] = getattr(request, _REASONS, ())

        class Form(made):  # type: ignore[misc, valid-type]
            def _post_clean(self) -> None:
                """Django skips constraints over a field that the form only shows; not here."""
                super()._post_clean()
                if self.errors or self.instance.pk is None:
                    return
                left_out = {one for one in self._get_validation_exclusions() if one in self.fields}
                try:
                    self.instance.validate_constraints(exclude=left_out)
                except ValidationError as error:
                    self._update_errors(error)

            def full_clean(self) -> None:
                super().full_clean()
                for refusal in refusals:
                    place = refusal.code if refusal.code in self.fields else None
                    self.add_error(place, str(refusal))

        return Form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; what an action refuses is said on it, and what was typed is kept."""
        context = dict(extra_context or {})
        if object_id and self.notices_overtaking:
            context["seen"] = self.seen_mark(object_id)
            sent = request.POST.get(SEEN)
            if sent and context["seen"] and sent != context["seen"]:
                return self._again(request, object_id, form_url, context, [Refusal(OVERTAKEN)])
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except (NotPermitted, NotPossible, Conflict) as error:
            return self._again(request, object_id, form_url, context, error.refusals)

    def _again(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        context: dict[str, Any],
        refusals: Iterable[Refusal],
    ) -> HttpResponse:
        setattr(request, _REASONS, list(refusals))
        # Not valid now, so nothing is saved; the answer is the form with the reasons.
        base: Any = super()
        return base._changeform_view(request, object_id, form_url, context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if not self.has_delete_permission(request, obj):
            return super().delete_view(request, object_id, extra_context)
        return super().delete_view(
            request,
            object_id,
            {"refusals": self.why_not_delete(request, obj), **(extra_context or {})},
        )

    def why_not_delete(self, request: HttpRequest, obj: Any) -> list[Refusal]:
        """Reasons for the confirmation page not to offer the deletion at all."""
        return []

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """The record alone: what hangs on it is the action's business, not a list for the page.

        (Django's collector would also name rows of other agencies.)
        """
        listed = list(objs)
        return [str(obj) for obj in listed], {}, set(), []

    def seen_mark(self, object_id: str) -> str:
        """Which version of the record a form shows: its newest history row."""
        return self.seen_marks([object_id]).get(object_id, "") if is_key(object_id) else ""

    def seen_marks(self, keys: Iterable[Any]) -> dict[str, str]:
        """The same for several records, in one query."""
        manager = self.history_manager()
        if manager is None:
            return {}
        newest = manager.filter(id__in=list(keys)).values_list("id").annotate(Max("history_id"))
        return {str(key): str(mark) for key, mark in newest.order_by()}


class ScopedInline(Scoped, admin.options.InlineModelAdmin):
    """Rows of another model within a record's form; `obj` is always the record (the parent).

    Rights are asked at the parent's agency; rows are saved through `save_row`, `delete_row`.
    """

    extra = 0
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allowed(request, "view", self._where(obj))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allowed(request, "add", self._where(obj))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allowed(request, "change", self._where(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allowed(request, "delete", self._where(obj))

    def _where(self, obj: Model | None) -> Model | None:
        """The parent where it says the agency; None asks whether it may be done anywhere."""
        return obj if obj is not None and obj.pk else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = rows_for(person(request), [right("view", self.model)], self.model)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.scoped_inline = self
        return formset

    def save_row(self, request: HttpRequest, obj: Any, form: forms.ModelForm) -> None:
        """Store a new or changed row through the room's action."""
        raise NotImplementedError

    def delete_row(self, request: HttpRequest, obj: Any) -> None:
        """Delete a row through the room's action."""
        raise NotImplementedError


class ScopedTabularInline(ScopedInline, admin.TabularInline):
    """Rows as a table."""


class ScopedStackedInline(ScopedInline, admin.StackedInline):
    """Rows as small forms."""


def _name_the_halves(field: forms.SplitDateTimeField) -> None:
    """Day and time of a moment are two boxes under one label: each says which it is."""
    widget: Any = field.widget
    for half, name in zip(widget.widgets, (_("%(field)s: day"), _("%(field)s: time")), strict=True):
        half.attrs["aria-label"] = name % {"field": capfirst(str(field.label))}


def _is_field(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def person(request: HttpRequest) -> User:
    """Who is signed in; the staff area lets in nobody else."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user
