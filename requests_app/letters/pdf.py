"""A letter as PDF (`disclosure/paper/pdf.py`); the same document gives the same bytes."""

from typing import Any

from django.template.loader import render_to_string

from disclosure.paper import measures, pdf
from requests_app.letters import layout, qr
from requests_app.letters.document import Block, Document, Heading, Table


def render(document: Document) -> bytes:
    """The letter's PDF. Raises PdfUnavailable, NoChineseFont or MissingGlyph."""
    return pdf.as_pdf(
        render_to_string("letters/letter.html", _context(document)),
        css=_measures(document.letterhead),
        stylesheet="letters/letter.css",
        identifier=document.content_sha256,
    )


def _context(document: Document) -> dict[str, Any]:
    return {
        "letter": document,
        "blocks": [_printed(block) for block in document.blocks],
        "draft": layout.DRAFT,
        "made": f"{document.date.isoformat()}T00:00:00+08:00",
        "qr": "" if document.is_draft else qr.as_data_uri(document.verify_url),
    }


def _printed(block: Block) -> tuple[str, Any]:
    """The kind of element that shows `block`, and its text or rows."""
    match block:
        case Table(rows):
            return "table", rows
        case Heading(text):
            return "heading", text
    return "paragraph", pdf.may_break_at_quotes(block.line)


def _measures(letterhead: str) -> str:
    """The page's measures and the letter's own."""
    left = (measures.PAGE[0] - layout.RULE_WIDTH) / 2 - measures.MARGIN_LEFT
    return f"""{pdf.page_css()}
        html {{
          --letterhead: {layout.letterhead_size(letterhead)}pt;
          --red: #{layout.RED};
          --rule: {layout.RULE_WIDTH}mm;
          --rule-left: {left}mm;
          --qr: {layout.QR_SIZE}mm;
        }}"""
