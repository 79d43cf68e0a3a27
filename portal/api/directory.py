"""The trees of agencies and categories, and every agency's guide."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from disclosure.agencies.models import Agency, Office
from disclosure.catalogue import guide_text, standing
from disclosure.catalogue.models import Category, DocumentType
from disclosure.core.citing import cite
from disclosure.core.paging import paginate
from portal.api import parameters
from portal.api.base import ReadView
from portal.api.shapes import Named, Shape

SIZE = 100


class NodeShape(Named):
    """A place in a tree: `parent` says what it hangs on."""

    parent = serializers.CharField(
        source="parent_code", allow_null=True, help_text=_("The code of what is above it.")
    )
    depth = serializers.IntegerField(help_text=_("How deep it stands; the top is 1."))
    is_active = serializers.BooleanField(help_text=_("Whether it is still in use."))
    url = serializers.SerializerMethodField(help_text=_("Its page."))
    api_url = serializers.SerializerMethodField(help_text=_("The same here, alone."))
    publications_url = serializers.SerializerMethodField(
        help_text=_("Its items, with those of what is below it.")
    )
    #: The filter of the list of items, which the address of the single one is named after.
    filter_name: ClassVar[str]

    @extend_schema_field(serializers.URLField)
    def get_url(self, node: Any) -> str:
        return self.absolute(node.get_absolute_url())

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, node: Any) -> str:
        return self.absolute(reverse(f"api-{self.filter_name}", args=[node.code]))

    @extend_schema_field(serializers.URLField)
    def get_publications_url(self, node: Any) -> str:
        return self.absolute(reverse("api-publications", query={self.filter_name: node.code}))


class CategoryShape(NodeShape):
    """A subject category (主题分类)."""

    filter_name = "category"
    article = serializers.SerializerMethodField(
        help_text=_("The article of the Regulation that asks for it; empty where none does.")
    )
    description = serializers.CharField(help_text=_("What belongs to it."))
    document_type = serializers.ChoiceField(
        DocumentType.choices, help_text=_("What kind of document its items usually are.")
    )

    @extend_schema_field(serializers.CharField)
    def get_article(self, category: Category) -> str:
        return cite(category.article)


class AgencyShape(NodeShape):
    """An agency (机关) as a list has it."""

    filter_name = "agency"
    short_name = serializers.CharField(help_text=_("Its short name; empty where it has none."))
    kind = serializers.ChoiceField(Agency.Kind.choices, help_text=_("What it is."))
    level = serializers.ChoiceField(Agency.Level.choices, help_text=_("Its level."))
    takes_requests = serializers.BooleanField(
        help_text=_("Whether anyone may ask it for information under the Regulation.")
    )


class OfficeShape(Shape):
    """An inner office (内设机构)."""

    name = serializers.CharField(help_text=_("Its Chinese name."))
    name_en = serializers.CharField(help_text=_("Its English name; empty where it has none."))
    functions = serializers.CharField(help_text=_("What it does."))
    phone = serializers.CharField(help_text=_("Its phone number."))
    is_disclosure_office = serializers.BooleanField(
        help_text=_("Whether it does the agency's daily disclosure work.")
    )


class AgencyDetailShape(AgencyShape):
    """An agency with its contacts, functions and inner offices (Art. 20(2))."""

    social_credit_code = serializers.CharField(help_text=_("Its unified social credit code."))
    address = serializers.CharField(help_text=_("Its address."))
    postcode = serializers.CharField(help_text=_("Its postcode."))
    hours = serializers.CharField(help_text=_("Its office hours."))
    phone = serializers.CharField(help_text=_("Its phone number."))
    fax = serializers.CharField(help_text=_("Its fax number."))
    email = serializers.CharField(help_text=_("Its e-mail address."))
    head_name = serializers.CharField(help_text=_("The name of its head."))
    functions = serializers.CharField(help_text=_("What it does."))
    offices = OfficeShape(many=True, source="listed_offices", help_text=_("Its inner offices."))
    guide_url = serializers.SerializerMethodField(
        help_text=_("Its guide to disclosure here; null where it has published none.")
    )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_guide_url(self, agency: Any) -> str | None:
        address = reverse("api-guide", args=[agency.code])
        return self.absolute(address) if agency.has_guide else None


def _with_parents(model: Any, nodes: Iterable[Any]) -> list[Any]:
    """The nodes with the codes of what they hang on; one query."""
    nodes = list(nodes)
    above = {node.path[: -model.steplen] for node in nodes if node.depth > 1}
    codes = dict(model.objects.filter(path__in=above).values_list("path", "code"))
    for node in nodes:
        node.parent_code = codes.get(node.path[: -model.steplen])
    return nodes


class TreeList(ReadView):
    """A tree in its own order, a hundred nodes at a time."""

    is_list = True
    model: ClassVar[Any]
    parameters = (*parameters.PAGING, parameters.FIELDS)

    def get(self, request: Request) -> Response:
        page = paginate(
            self.model.objects.all(),
            fields=("path",),
            after=self.given.get("after"),
            before=self.given.get("before"),
            size=SIZE,
            descending=False,
        )
        return self.page(_with_parents(self.model, page.rows), page)


class Categories(TreeList):
    """The subject categories."""

    summary = _("Categories")
    about = _("In the order of the tree, each with the code of the one above it.")
    tag, name = "directory", "categories_list"
    shape, model = CategoryShape, Category


class Agencies(TreeList):
    """The agencies."""

    summary = _("Agencies")
    about = Categories.about
    tag, name = "directory", "agencies_list"
    shape, model = AgencyShape, Agency


def _by_code(rows: QuerySet[Any], code: str) -> Any:
    if "\x00" in code:
        raise Http404  # PostgreSQL takes no text with it
    found: Model = get_object_or_404(rows, code=code)
    return found


class CategoryDetail(ReadView):
    """One category."""

    summary = _("One category")
    tag, name = "directory", "categories_read"
    shape, parameters = CategoryShape, (parameters.FIELDS,)
    answers = (404,)

    def get(self, request: Request, code: str) -> Response:
        return self.record(_with_parents(Category, [_by_code(Category.objects.all(), code)])[0])


class AgencyDetail(ReadView):
    """One agency with its contacts, functions and inner offices."""

    summary = _("One agency")
    tag, name = "directory", "agencies_read"
    shape, parameters = AgencyDetailShape, (parameters.FIELDS,)
    answers = (404,)

    def get(self, request: Request, code: str) -> Response:
        offices = Prefetch("offices", Office.objects.all(), to_attr="listed_offices")
        agency = _by_code(Agency.objects.prefetch_related(offices), code)
        agency.has_guide = standing.public_guides(self.at).filter(agency=agency).exists()
        return self.record(_with_parents(Agency, [agency])[0])


class GuidePartShape(Shape):
    """A section of a guide."""

    part = serializers.CharField(
        help_text=_("Which part of Art. 12 it is; empty where it is one of their own.")
    )
    title = serializers.CharField(help_text=_("Its heading."))
    body = serializers.CharField(help_text=_("Its text, as clean HTML."))


class GuideShape(Shape):
    """An agency's guide to disclosure (信息公开指南, Art. 12)."""

    agency = Named(help_text=_("Whose guide it is."))
    index_number = serializers.CharField(
        source="publication.index_number", help_text=_("The item of the catalogue that it is.")
    )
    title = serializers.CharField(source="publication.title", help_text=_("Its title."))
    date_made = serializers.DateField(
        source="publication.date_made",
        allow_null=True,
        help_text=_("The day on which it was made."),
    )
    version = serializers.IntegerField(
        source="publication.version", help_text=_("The number of this version, from 1.")
    )
    version_at = serializers.DateTimeField(
        source="publication.version_at", help_text=_("Since when this version is public.")
    )
    parts = GuidePartShape(many=True, help_text=_("Its sections."))
    url = serializers.SerializerMethodField(help_text=_("Its page."))

    @extend_schema_field(serializers.URLField)
    def get_url(self, guide: Any) -> str:
        return self.absolute(guide.get_absolute_url())


class Guide(ReadView):
    """An agency's guide to disclosure, in its sections."""

    summary = _("The guide of an agency")
    tag, name = "directory", "guides_read"
    shape, parameters = GuideShape, (parameters.FIELDS,)
    answers = (404,)

    def get(self, request: Request, code: str) -> Response:
        guide: Any = standing.public_guide(_by_code(Agency.objects.all(), code), self.at)
        if guide is None:
            raise Http404
        guide.parts = guide_text.sections(guide.publication.body)
        return self.record(guide)
