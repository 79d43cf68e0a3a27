"""Editions of the annual reports that were public before editions were kept (0009).

All of them are in the free form. The content is written as `Document.as_json` wrote it then.
"""

import hashlib
import json
from typing import Any

_AT_ONCE = 200


def forwards(apps: Any, schema_editor: Any) -> None:
    """Freeze what is public as edition 1."""
    Report = apps.get_model("disclosure", "AnnualReport")
    Edition = apps.get_model("disclosure", "ReportEdition")
    alias = schema_editor.connection.alias
    rows = Report.objects.using(alias).filter(state="published", edition=None)
    for report in rows.select_related("agency").order_by("pk").iterator(chunk_size=_AT_ONCE):
        content = _content(report)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        edition = Edition.objects.using(alias).create(
            report=report,
            number=1,
            form=report.form,
            content=content,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            published_at=report.published_at,
        )
        Report.objects.using(alias).filter(pk=report.pk).update(edition=edition)


def backwards(apps: Any, schema_editor: Any) -> None:
    """The report goes on as it is written; what is being corrected is public again as a whole."""
    Report = apps.get_model("disclosure", "AnnualReport")
    alias = schema_editor.connection.alias
    public = Report.objects.using(alias).filter(edition__isnull=False)
    public.update(state="published", edition=None, content_hash="")
    Report.objects.using(alias).exclude(state="published").update(
        state="draft", published_at=None, content_hash=""
    )
    apps.get_model("disclosure", "EditionFile").objects.using(alias).all().delete()
    apps.get_model("disclosure", "ReportEdition").objects.using(alias).all().delete()


def _content(report: Any) -> dict[str, Any]:
    content = {
        "format": 1,
        "form": "free",
        "agency": report.agency.name,
        "agency_code": report.agency.code,
        "year": report.year,
        "title": report.title,
        "lead": report.lead,
        "sections": report.sections,
        "figures": report.figures,
    }
    return content | ({"demonstration": True} if report.is_demo else {})
