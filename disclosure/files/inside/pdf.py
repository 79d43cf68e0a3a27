"""PDF: what a reader does not see is told of; a copy is written anew without it.

Text that lies under something, or is painted so that nobody sees it, is not cut here: whether it
was meant to be hidden only people know, so such a file is held.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from disclosure.files.inside import drawn_text, images, pdf_layers, pdf_pages, pdf_words
from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt

#: Notes that show on the page as part of it: they become part of the page.
_DRAWN = frozenset(
    {
        *("/FreeText", "/Stamp", "/Square", "/Circle", "/Ink", "/Line", "/Polygon", "/PolyLine"),
        *("/Widget", "/Watermark", "/PrinterMark"),
    }
)
_NO_NOTE = frozenset({"/Link", "/Widget", "/Watermark", "/PrinterMark", "/TrapNet"})
_HIDDEN_FLAGS = 0x2 | 0x20
#: Actions that run, send or open something outside; others lead to a page or an address.
_SCRIPTS = frozenset({"/JavaScript", "/Rendition", "/RichMediaExecute"})
_OUTWARD = frozenset(
    {"/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Sound", "/Movie", "/ResetForm"}
)
_OF_THE_ROOT = (
    *("Metadata", "PieceInfo", "AF", "Collection", "SpiderInfo", "Perms", "Legal", "DSS"),
    *("AcroForm", "AA", "NeedsRendering", "Threads", "OpenAction"),
)
#: What the document and a page may have; anything else is of some program and shows nowhere.
_KNOWN_IN_ROOT = frozenset(
    {
        *("/Type", "/Pages", "/Version", "/Extensions", "/PageLabels", "/Names", "/Dests"),
        *("/ViewerPreferences", "/PageLayout", "/PageMode", "/Outlines", "/URI", "/Lang"),
        *("/StructTreeRoot", "/MarkInfo", "/OCProperties", "/OutputIntents"),
    }
)
_KNOWN_IN_PAGE = frozenset(
    {
        *("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox"),
        *("/ArtBox", "/BoxColorInfo", "/Contents", "/Rotate", "/Group", "/Annots", "/Tabs"),
        *("/StructParents", "/UserUnit", "/Dur", "/Trans", "/PZ", "/SeparationInfo", "/VP"),
    }
)
_OF_ANYTHING = ("Metadata", "PieceInfo", "LastModified", "Thumb", "AA", "AF")


def _open(data: bytes, spent: Spent) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.Pdf.open(io.BytesIO(data), suppress_warnings=True)
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except (pikepdf.PdfError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise Refused("broken") from error
    if pages > spent.limits.pages:
        raise Refused("pages")
    if not pages:
        raise Refused("broken")
    return pdf


def _walk(start: Any) -> Iterator[Any]:
    """Every dictionary and stream that can be reached, each once."""
    seen: set[tuple[int, int]] = set()
    todo = [start]
    while todo:
        one = todo.pop()
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if isinstance(one, pikepdf.Array):
            todo += list(one)
            continue
        yield one
        todo += [one[key] for key in one.keys()]  # noqa: SIM118  (no mapping)


def _annotations(page: pikepdf.Page) -> list[Any]:
    found = page.obj.get(Name.Annots)
    if not isinstance(found, pikepdf.Array):
        return []
    return [one for one in found if isinstance(one, pikepdf.Dictionary)]


def _kind(annotation: Any) -> str:
    return str(annotation.get(Name.Subtype, ""))


def _flags(annotation: Any) -> int:
    try:
        return int(annotation.get(Name.F, 0))
    except (TypeError, ValueError):
        return 0


def _unknown(one: Any, known: frozenset[str], told_of: tuple[str, ...]) -> list[str]:
    """Keys that are neither known nor told of by their own name."""
    return sorted(set(one.keys()) - known - {f"/{name}" for name in told_of})


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What the document holds beside what it shows."""
    found = _trails(data)
    with _open(data, spent) as pdf:
        try:
            found += _in_the_whole(pdf)
            for number, page in enumerate(pdf.pages, 1):
                found += _on_page(page, f"page:{number}")
            found += _anywhere(pdf)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise Refused("broken") from error
    return found + pdf_pages.inspect(data, spent)


def _trails(data: bytes) -> list[HiddenFinding]:
    """Earlier stages that stand in the file, and what was put behind its end."""
    found = []
    written = data.count(b"startxref")
    if written > (2 if b"/Linearized" in data[:2048] else 1):
        found.append(HiddenFinding("earlier_revisions", "", str(written - 1)))
    end = data.rfind(b"%%EOF")
    rest = data[end + 5 :].strip(b"\r\n\t \x00") if end >= 0 else b""
    if rest:
        found.append(HiddenFinding("trailing_data", "", f"{len(rest)} B"))
    return found


def _in_the_whole(pdf: pikepdf.Pdf) -> list[HiddenFinding]:
    found = []
    if pdf.is_encrypted:
        found.append(HiddenFinding("restrictions"))
    told = []
    if isinstance(pdf.trailer.get(Name.Info), pikepdf.Dictionary):
        info = pdf.trailer[Name.Info]
        told = [f"{key[1:]}: {info[key]}" for key in info.keys() if str(info[key]).strip()]  # noqa: SIM118
    if Name.Metadata in pdf.Root:
        told.append("XMP")
    if told:
        found.append(HiddenFinding("properties", "", excerpt("; ".join(told))))
    strange = _unknown(pdf.Root, _KNOWN_IN_ROOT, (*_OF_THE_ROOT, *_OF_ANYTHING))
    if strange:
        found.append(HiddenFinding("foreign_part", "", excerpt(" ".join(strange))))
    names = pdf.Root.get(Name.Names)
    if isinstance(names, pikepdf.Dictionary) and Name.EmbeddedFiles in names:
        labels = ", ".join(pdf.attachments.keys())
        found.append(HiddenFinding("attachment", "", excerpt(labels)))
    elif Name.AF in pdf.Root or Name.Collection in pdf.Root:
        found.append(HiddenFinding("attachment"))
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, pikepdf.Dictionary) and (
        len(form.get(Name.Fields, [])) or Name.XFA in form
    ):
        found.append(HiddenFinding("form", "", "XFA" if Name.XFA in form else ""))
    for name in pdf_layers.off_layers(pdf).values():
        found.append(HiddenFinding("hidden_layer", f"layer:{name}"))
    return found


def _on_page(page: pikepdf.Page, place: str) -> list[HiddenFinding]:
    found = []
    strange = _unknown(page.obj, _KNOWN_IN_PAGE, _OF_ANYTHING)
    if strange:
        found.append(HiddenFinding("foreign_part", place, excerpt(" ".join(strange))))
    for annotation in _annotations(page):
        kind = _kind(annotation)
        words = excerpt(str(annotation.get(Name.Contents, "")))
        if kind == "/FileAttachment":
            found.append(HiddenFinding("attachment", place, words))
        elif _flags(annotation) & _HIDDEN_FLAGS and kind != "/Popup":
            found.append(HiddenFinding("hidden_shape", place, words))
        elif kind not in _NO_NOTE and kind != "/Popup":
            found.append(HiddenFinding("comments", place, f"{kind[1:]} {words}".strip()))
    return found


def _anywhere(pdf: pikepdf.Pdf) -> list[HiddenFinding]:
    found = []
    reached: set[tuple[int, int]] = set()
    for one in _walk(pdf.trailer):
        if one.is_indirect:
            reached.add(one.objgen)
        action = str(one.get(Name.S, ""))
        if action in _SCRIPTS or (Name.JS in one and Name.S in one):
            found.append(HiddenFinding("javascript"))
        elif action in _OUTWARD and Name.P not in one:
            found.append(HiddenFinding("external_link", "", action[1:]))
        if one.get(Name.FT) == Name.Sig and Name.V in one:
            found.append(HiddenFinding("signature"))
        if Name.ActualText in one and len(str(one.ActualText).strip()) > 1:
            found.append(HiddenFinding("hidden_text", "", excerpt(str(one.ActualText))))
        if Name.Thumb in one:
            found.append(HiddenFinding("thumbnail"))
        if Name.PieceInfo in one or (Name.Metadata in one and one.objgen != pdf.Root.objgen):
            found.append(HiddenFinding("properties", "", "PieceInfo/XMP"))
        raw = _jpeg(one)
        if raw:
            found += _told_of_jpeg(raw)
    for words in pdf_words.instead(pdf):
        if len(words.strip()) > 1:
            found.append(HiddenFinding("hidden_text", "", excerpt(words)))
    lost = sum(
        1
        for one in pdf.objects
        if isinstance(one, pikepdf.Stream)
        and one.objgen not in reached
        and one.get(Name.Type) not in {Name.ObjStm, Name.XRef}
    )
    if lost:
        found.append(HiddenFinding("unused_objects", "", str(lost)))
    return found


def _jpeg(one: Any) -> bytes:
    """The JPEG in a stream that is nothing but one."""
    if not isinstance(one, pikepdf.Stream) or one.get(Name.Subtype) != Name.Image:
        return b""
    filters = one.get(Name.Filter)
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    if filters != Name.DCTDecode:
        return b""
    raw = bytes(one.read_raw_bytes())
    return raw if raw.startswith(b"\xff\xd8\xff") else b""


def _told_of_jpeg(raw: bytes) -> list[HiddenFinding]:
    try:
        return [one for one in images.jpeg_findings(raw) if one.kind != "trailing_data"]
    except Refused:
        return []


def strip(data: bytes, spent: Spent) -> bytes:
    """The same pages, written anew without anything else."""
    target = io.BytesIO()
    with _open(data, spent) as pdf:
        try:
            off = pdf_layers.off_layers(pdf)
            for page in pdf.pages:
                _keep_drawn(pdf, page, off)
            _flatten(pdf)
            pdf_layers.cut(pdf, off)
            pdf_words.cut(pdf)
            _clean_root(pdf)
            for page in pdf.pages:
                for key in _unknown(page.obj, _KNOWN_IN_PAGE, ()):
                    del page.obj[key]
            for one in list(_walk(pdf.trailer)):
                _clean(one)
            for name in (Name.Info, Name.ID):
                if name in pdf.trailer:
                    del pdf.trailer[name]
            pdf.remove_unreferenced_resources()
            _save(pdf, target)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise Refused("broken") from error
    # Written once more: in which order a stream's keys stand depends on where it came from.
    with pikepdf.open(target) as pdf:
        del pdf.trailer[Name.ID]
        again = io.BytesIO()
        _save(pdf, again)
    return again.getvalue()


def _save(pdf: pikepdf.Pdf, target: io.BytesIO) -> None:
    """The same document gives the same bytes."""
    pdf.save(
        target,
        deterministic_id=True,
        encryption=False,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )


def _keep_drawn(pdf: pikepdf.Pdf, page: pikepdf.Page, off: dict[tuple[int, int], str]) -> None:
    """Leave links and what is drawn on the page; without comments and without words behind it."""
    kept = []
    for one in _annotations(page):
        kind = _kind(one)
        if _flags(one) & _HIDDEN_FLAGS or pdf_layers.is_off(one.get(Name.OC), off):
            continue
        if kind != "/Link" and kind not in _DRAWN:
            continue
        for name in (Name.Popup, Name.RC, Name.T, Name.NM, Name.M, Name.CreationDate, Name.Subj):
            if name in one and kind != "/Widget":
                del one[name]
        if kind not in {"/Widget", "/Link"} and Name.Contents in one:
            del one[Name.Contents]
        kept.append(one)
    if kept:
        page.obj[Name.Annots] = pikepdf.Array(kept)
    elif Name.Annots in page.obj:
        del page.obj[Name.Annots]


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Make what is drawn on the pages part of them, the values of a form too."""
    for page in pdf.pages:
        for one in _annotations(page):
            is_undrawn = _kind(one) == "/Widget" and Name.AP not in one and _value_of(one)
            if is_undrawn and not _value_of(one).isascii():
                raise Refused("form")
    pdf.generate_appearance_streams()
    pdf.flatten_annotations(mode="all")
    for page in pdf.pages:
        links = [one for one in _annotations(page) if _kind(one) == "/Link"]
        if links:
            page.obj[Name.Annots] = pikepdf.Array(links)
        elif Name.Annots in page.obj:
            del page.obj[Name.Annots]


def _value_of(widget: Any) -> str:
    """What a text field says, from itself or the field that it belongs to."""
    one, depth = widget, 0
    while isinstance(one, pikepdf.Dictionary) and depth < 20:
        value = one.get(Name.V)
        if isinstance(value, pikepdf.String):
            return str(value).strip()
        one, depth = one.get(Name.Parent), depth + 1
    return ""


def _clean_root(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    for key in _unknown(root, _KNOWN_IN_ROOT, ()):
        del root[key]
    names = root.get(Name.Names)
    if isinstance(names, pikepdf.Dictionary):
        for key in list(names.keys()):
            if key != "/Dests":
                del names[key]
        if not list(names.keys()):
            del root[Name.Names]


def _clean(one: Any) -> None:
    """Take metadata, scripts and ways out of one dictionary."""
    for plain in _OF_ANYTHING:
        if f"/{plain}" in one:
            del one[f"/{plain}"]
    # What is said instead of letters, also of letters that are gone.
    if Name.ActualText in one:
        del one[Name.ActualText]
    for name in (Name.A, Name.Next, Name.PA):
        action = one.get(name)
        if not isinstance(action, pikepdf.Dictionary) or Name.S not in action:
            continue
        if str(action.get(Name.S, "")) in _SCRIPTS | _OUTWARD or Name.JS in action:
            del one[name]
    raw = _jpeg(one)
    if raw:
        try:
            cleaned = images.strip_jpeg(raw)
        except Refused:
            return
        if cleaned != raw:
            one.write(cleaned, filter=Name.DCTDecode, decode_parms=one.get(Name.DecodeParms))


def text(data: bytes, spent: Spent) -> str:
    """What the pages say; then bookmarks and what is read out in the place of pictures."""
    said = pdf_pages.text(data, spent)
    with _open(data, spent) as pdf:
        try:
            return drawn_text.joined(list(pdf_words.beside(pdf)), said)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise Refused("broken") from error
