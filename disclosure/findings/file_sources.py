"""What the attachments say, and what stays in them of which the reviewer is told."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation

from disclosure.files import kinds
from disclosure.files.models import FileCheck, FileText
from disclosure.files.reading import attachment_text
from disclosure.findings.sources import Foreign, SourceText, place_of, register_source
from disclosure.publications.models import Publication


@register_source
def texts_of_files(publication: Publication) -> Iterator[SourceText]:
    """The text of each file; extracted where that has not been done yet."""
    files = list(publication.attachments.all())
    known = {row.attachment_id: row for row in FileText.objects.filter(attachment__in=files)}
    for file in files:
        row = known.get(file.pk)
        is_known = row is not None and row.sha256 == file.sha256
        text = row.text if row is not None and is_known else attachment_text(file)
        yield SourceText(place_of(file), file.name, text)


@register_source
def left_in_files(publication: Publication) -> Iterator[Foreign]:
    """What the public copy keeps (a recognised text, a signature …); what may not stay the files'
    own gate holds back. Excerpts are left out: they may be anybody's data."""
    rows = FileCheck.objects.filter(attachment__publication=publication)
    with translation.override(settings.LANGUAGE_CODE):
        for check in rows.select_related("attachment"):
            for one in kinds.findings(check.told):
                where, what = kinds.place(one.where), kinds.label(one.kind)
                yield Foreign("kept_in_file", place_of(check.attachment), where, what)
