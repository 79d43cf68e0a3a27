"""The shapes of publications: what the interface gives, and the schema says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disclosure.core.dates import legal_day
from disclosure.life.kinds import Kind as RelationKind
from disclosure.publications import validity
from disclosure.publications.models import Attachment, Publication
from disclosure.publiclog.kinds import Kind as LogKind


class Shape(serializers.Serializer):
    """A record that is only ever given; `context` has `at`, the moment, and `absolute`."""

    def absolute(self, address: str) -> str:
        found: str = self.context["absolute"](address)
        return found

    @property
    def on(self) -> dt.date:
        return legal_day(self.context["at"])


class Named(Shape):
    """An agency or a category by its code and its names."""

    code = serializers.CharField(help_text=_("Its code, as the filters take it."))
    name = serializers.CharField(help_text=_("Its Chinese name."))
    name_en = serializers.CharField(help_text=_("Its English name; empty where it has none."))


class AttachmentShape(Shape):
    """A file of an item."""

    name = serializers.CharField(help_text=_("The name of the file."))
    size = serializers.IntegerField(help_text=_("Its size in bytes."))
    content_type = serializers.CharField(help_text=_("Its media type."))
    sha256 = serializers.CharField(help_text=_("SHA-256 of the file, in hexadecimal."))
    url = serializers.SerializerMethodField(help_text=_("Where the file is."))

    @extend_schema_field(serializers.URLField)
    def get_url(self, attachment: Attachment) -> str:
        return self.absolute(attachment.get_absolute_url())


class PublicationShape(Shape):
    """An item of the catalogue (主动公开信息) as a list has it."""

    index_number = serializers.CharField(help_text=_("Its index number; it may hold slashes."))
    title = serializers.CharField(help_text=_("Its title."))
    document_number = serializers.CharField(
        help_text=_("Its document number; empty where it has none.")
    )
    document_type = serializers.ChoiceField(
        Publication._meta.get_field("document_type").choices,
        allow_blank=True,
        help_text=_("What kind of document it is."),
    )
    agency = Named(help_text=_("Who issued it."))
    category = Named(help_text=_("Its category."))
    date_made = serializers.DateField(allow_null=True, help_text=_("The day on which it was made."))
    published_at = serializers.DateTimeField(help_text=_("Since when it is public."))
    version = serializers.IntegerField(help_text=_("The number of this version, from 1."))
    version_at = serializers.DateTimeField(help_text=_("Since when this version is public."))
    validity = serializers.SerializerMethodField(
        help_text=_("Its validity as it stands today; null of an earlier version.")
    )
    effective_on = serializers.DateField(
        allow_null=True, help_text=_("The day from which it is in force, where it names one.")
    )
    ended_on = serializers.SerializerMethodField(
        help_text=_("The first day on which it was no longer in force; null while it is.")
    )
    summary = serializers.CharField(help_text=_("A summary."))
    keywords = serializers.ListField(
        child=serializers.CharField(), source="keyword_list", help_text=_("Its keywords.")
    )
    attachments = AttachmentShape(many=True, source="files", help_text=_("Its files."))
    url = serializers.SerializerMethodField(help_text=_("Its page."))
    api_url = serializers.SerializerMethodField(help_text=_("The item here, with its text."))
    demonstration = serializers.BooleanField(
        source="is_demo", help_text=_("Whether it is made up, to show the portal at work.")
    )

    @extend_schema_field(serializers.ChoiceField(Publication.Validity.choices, allow_null=True))
    def get_validity(self, publication: Publication) -> str | None:
        return None if publication.revises_id else str(publication.validity_on(self.on))

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_ended_on(self, publication: Publication) -> str | None:
        """An end still to come is not told: it may come from something not public yet."""
        day = None if publication.revises_id else validity.ended_on(publication, self.on)
        return day.isoformat() if day else None

    @extend_schema_field(serializers.URLField)
    def get_url(self, publication: Publication) -> str:
        return self.absolute(publication.get_absolute_url() + _of_version(publication))

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, publication: Publication) -> str:
        address = reverse("api-publication", args=[publication.index_number])
        return self.absolute(address + _of_version(publication))


def _of_version(publication: Publication) -> str:
    return f"?version={publication.version}" if publication.revises_id else ""


class RelationShape(Shape):
    """How an item stands to another document."""

    kind = serializers.ChoiceField(
        RelationKind.choices, help_text=_("What one document does with the other.")
    )
    direction = serializers.ChoiceField(
        ["to", "from"],
        help_text=_("“to”: this item does it with the other; “from”: the other with this."),
    )
    title = serializers.CharField(help_text=_("The title of the other document."))
    index_number = serializers.CharField(
        allow_null=True, help_text=_("Its index number; null where it is not in this catalogue.")
    )
    document_number = serializers.CharField(help_text=_("Its document number."))
    from_day = serializers.DateField(
        allow_null=True, help_text=_("The day from which this holds, where one is set.")
    )


class PublicationDetailShape(PublicationShape):
    """An item, or an earlier version of it, with its text and its relations."""

    body = serializers.CharField(help_text=_("Its text, as clean HTML."))
    change_note = serializers.CharField(
        help_text=_("What this version changed and why; empty of the first.")
    )
    relations = RelationShape(
        many=True, source="related", help_text=_("How it stands to other public documents.")
    )
    versions_url = serializers.SerializerMethodField(help_text=_("Its versions."))
    log_url = serializers.SerializerMethodField(help_text=_("Its entries of the public log."))

    @extend_schema_field(serializers.URLField)
    def get_versions_url(self, publication: Publication) -> str:
        return self._about("api-versions", publication)

    @extend_schema_field(serializers.URLField)
    def get_log_url(self, publication: Publication) -> str:
        return self._about("api-log", publication)

    def _about(self, name: str, publication: Publication) -> str:
        return self.absolute(with_number(name, publication.index_number))


def with_number(name: str, index_number: str) -> str:
    """An address that takes the index number as its parameter."""
    return reverse(name, query={"index_number": index_number})


class VersionShape(Shape):
    """A version of an item."""

    version = serializers.IntegerField(help_text=_("Its number, from 1."))
    since = serializers.DateTimeField(help_text=_("Since when it was public."))
    replaced_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When the next version took its place; null of the present.")
    )
    change_note = serializers.CharField(
        help_text=_("What it changed and why; empty of the first, and of one closed.")
    )
    is_current = serializers.BooleanField(help_text=_("Whether it is the present one."))
    closed_reason = serializers.CharField(
        allow_null=True, help_text=_("Why it may be read no more; null where it may.")
    )
    url = serializers.SerializerMethodField(help_text=_("Its page."))
    api_url = serializers.SerializerMethodField(help_text=_("The version here, with its text."))

    @extend_schema_field(serializers.URLField)
    def get_url(self, version: Any) -> str:
        return self.absolute(version.page)

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, version: Any) -> str:
        return self.absolute(version.address)


class LogEntryShape(Shape):
    """An entry of the public log (信息公开日志); what is hashed stands as it is hashed."""

    seq = serializers.IntegerField(source="number", help_text=_("Its number, from 1."))
    at = serializers.CharField(source="iso", help_text=_("The moment, in UTC, as it is hashed."))
    kind = serializers.ChoiceField(LogKind.choices, help_text=_("What happened."))
    index_number = serializers.CharField(help_text=_("Of which item; empty where it is withheld."))
    title = serializers.CharField(help_text=_("Its title then; empty where it is withheld."))
    version = serializers.IntegerField(help_text=_("Which version; 0 where it is withheld."))
    details = serializers.SerializerMethodField(
        help_text=_("The sealed details, a text of JSON as it is hashed; null where withheld.")
    )
    sealed = serializers.CharField(help_text=_("SHA-256 of the details."))
    previous = serializers.CharField(help_text=_("The hash of the entry before."))
    hash = serializers.CharField(help_text=_("The hash of this entry."))

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_details(self, entry: Mapping[str, Any]) -> str | None:
        return entry["details"] if entry["is_open"] else None
