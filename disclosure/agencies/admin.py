"""The staff pages of agencies and their inner offices; those of people are in `staff_admin`."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import actions, policies, rights
from disclosure.agencies.admin_base import ScopedModelAdmin, ScopedStackedInline, person
from disclosure.agencies.models import Agency, Office
from disclosure.backstage.trees import PlaceForm, TreeMixin, indented

ADD = "disclosure.add_agency"


class OfficeForm(forms.ModelForm):
    """An inner office; it can be part of one of the same agency only."""

    class Meta:
        model = Office
        fields = (
            "name",
            "name_en",
            "parent",
            "phone",
            "is_disclosure_office",
            "order",
            "functions",
        )
        widgets = {"functions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields.get("parent")
        if parent is not None:
            agency = self.instance.agency_id
            parent.queryset = parent.queryset.filter(agency=agency).exclude(pk=self.instance.pk)


class OfficeInline(ScopedStackedInline):
    """The inner offices of an agency, within its form."""

    model = Office
    form = OfficeForm
    fields = (
        ("name", "name_en"),
        ("parent", "phone"),
        ("is_disclosure_office", "order"),
        "functions",
    )

    def save_row(self, request: HttpRequest, obj: Office, form: forms.ModelForm) -> None:
        if obj.pk:
            actions.update_office(actor=person(request), office=obj)
        else:
            actions.create_office(actor=person(request), office=obj)

    def delete_row(self, request: HttpRequest, obj: Office) -> None:
        actions.delete_office(actor=person(request), office=obj)


class AgencyForm(PlaceForm):
    """An agency with its place in the tree."""

    class Meta:
        widgets = {
            "aliases": forms.Textarea(attrs={"rows": 3}),
            "functions": forms.Textarea(attrs={"rows": 6}),
        }


@admin.register(Agency)
class AgencyAdmin(TreeMixin, ScopedModelAdmin):
    """Agencies (行政机关) as the tree that they are."""

    form = AgencyForm
    list_display = ("name_in_tree", "code", "kind", "level", "phone", "is_active", "takes_requests")
    list_display_links = ("name_in_tree",)
    list_filter = ("kind", "level", "is_active", "accepts_requests")
    search_fields = ("name", "name_en", "short_name", "aliases", "code", "social_credit_code")
    search_help_text = _("Names, code, unified social credit code")
    ordering = ("path",)
    inlines = (OfficeInline,)
    history_of_parts = ("offices",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "name",
                    "name_en",
                    "short_name",
                    "aliases",
                    "place",
                    ("kind", "level"),
                    "social_credit_code",
                    ("is_active", "accepts_requests"),
                )
            },
        ),
        (
            _("Contact (Art. 12, 20)"),
            {
                "fields": (
                    "address",
                    "postcode",
                    "hours",
                    "phone",
                    "fax",
                    "email",
                    "head_name",
                    "officer_name",
                    "functions",
                )
            },
        ),
        (
            _("Site"),
            {
                "fields": (
                    "site_name",
                    "site_domain",
                    "site_id_code",
                    "icp_number",
                    "police_number",
                    "badge_url",
                    "fault_url",
                )
            },
        ),
        (_("Index numbers"), {"fields": ("index_number_pattern",)}),
    )

    @admin.display(description=_("agency"), ordering="path")
    def name_in_tree(self, agency: Agency) -> SafeString:
        return indented(agency)

    @admin.display(description=_("accepts requests"), boolean=True)
    def takes_requests(self, agency: Agency) -> bool:
        return agency.accepts_requests and agency.is_active

    # --- the form -----------------------------------------------------------------------------
    def may_place(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may add an agency here says where it stands."""
        return rights.allows(person(request), ADD, obj)

    def may_be_root(self, request: HttpRequest) -> bool:
        return person(request).is_superuser

    def places(self, request: HttpRequest) -> QuerySet[Any]:
        return rights.agencies(person(request), ADD)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The code stands in addresses; what makes it an agency is the administrator's."""
        fixed = list(super().get_readonly_fields(request, obj))
        if obj is not None:
            fixed.append("code")
            if not rights.allows(person(request), ADD, obj):
                fixed.extend(sorted(policies.STRUCTURE))
        return fixed

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: Agency, form: forms.ModelForm) -> None:
        parent = form.cleaned_data.get("parent")
        actions.create_agency(actor=person(request), agency=obj, parent=parent)
        if form.cleaned_data.get("after"):
            self._move(request, obj, form)

    def update_record(self, request: HttpRequest, obj: Agency, form: Any) -> None:
        actions.update_agency(actor=person(request), agency=obj)
        if form.moves:
            self._move(request, obj, form)

    def _move(self, request: HttpRequest, obj: Agency, form: forms.ModelForm) -> None:
        actions.move_agency(
            actor=person(request),
            agency=obj,
            parent=form.cleaned_data.get("parent"),
            after=form.cleaned_data.get("after"),
        )
