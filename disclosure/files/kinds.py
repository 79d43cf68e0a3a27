"""What can hide in a file, and why a file is refused: codes, words, and what follows from each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from disclosure.files.inside.report import HiddenFinding


@dataclass(frozen=True)
class Kind:
    """A kind of hidden content.

    `told`: may stay in what goes out, the reviewer is told of it. `by_hand`: may stay where a
    reviewer has looked into the file by other means. `follows`: the public copy is held also
    where only the original had it. Everything else must be gone from the public copy.
    """

    label: Promise
    told: bool = False
    by_hand: bool = False
    follows: bool = False


KINDS: Mapping[str, Kind] = {
    "attachment": Kind(_("A file within the file")),
    "broken_picture": Kind(_("A picture that cannot be looked into"), by_hand=True),
    "comments": Kind(_("Comments")),
    "covered_text": Kind(_("Text under a box or a picture"), follows=True),
    "cropped_picture": Kind(_("A cropped picture: what was cut off is still there"), told=True),
    "custom_xml": Kind(_("Data of a program, not shown")),
    "direction_marks": Kind(_("Marks that turn the direction of text")),
    "earlier_revisions": Kind(_("Earlier stages of the document")),
    "embedded": Kind(_("An embedded object")),
    "exif": Kind(_("Data on the picture (EXIF)")),
    "external_link": Kind(_("A link to another file or a template")),
    "foreign_part": Kind(_("A part that no reader shows")),
    "form": Kind(_("A form to fill in")),
    "hidden_cells": Kind(_("Hidden cells")),
    "hidden_columns": Kind(_("A hidden column")),
    "hidden_layer": Kind(_("A layer that is switched off")),
    "hidden_name": Kind(_("A hidden name, or one of something hidden")),
    "hidden_rows": Kind(_("A hidden row")),
    "hidden_shape": Kind(_("A hidden shape or note")),
    "hidden_sheet": Kind(_("A hidden sheet")),
    "hidden_slide": Kind(_("A hidden slide")),
    "hidden_text": Kind(_("Hidden text")),
    "invisible_text": Kind(_("Text painted invisibly"), by_hand=True),
    "javascript": Kind(_("A script")),
    "macros": Kind(_("Macros")),
    "media": Kind(_("Sound or film"), told=True),
    "notes": Kind(_("Speaker's notes")),
    "ocr_layer": Kind(_("Recognised text behind the picture of a page"), told=True),
    "off_page_text": Kind(_("Text outside the page"), by_hand=True),
    "opaque": Kind(_("A format that cannot be looked into"), by_hand=True),
    "opaque_member": Kind(_("A file in the archive that cannot be looked into"), by_hand=True),
    "opaque_picture": Kind(_("A picture of a kind that is not looked into"), told=True),
    "outside_shape": Kind(_("A shape outside the slide")),
    "picture_text": Kind(_("A comment in the file")),
    "pivot_cache": Kind(_("The data behind a pivot table")),
    "place": Kind(_("The place where the picture was taken (GPS)")),
    "properties": Kind(_("Properties such as author and company"), by_hand=True),
    "restrictions": Kind(_("Restrictions on printing or copying")),
    "signature": Kind(_("A digital signature; it does not hold for a cleaned copy"), told=True),
    "system_files": Kind(_("A file of the system")),
    "thumbnail": Kind(_("A small picture of an earlier stage")),
    "tiny_text": Kind(_("Text too small to read"), by_hand=True),
    "tracked_changes": Kind(_("Tracked changes")),
    "trailing_data": Kind(_("Data behind the file's end")),
    "unused_objects": Kind(_("Remains that no page uses")),
    "unused_strings": Kind(_("Texts that no cell uses")),
    "very_hidden_sheet": Kind(_("A sheet hidden so that Excel does not offer to show it")),
    "white_text": Kind(_("White text on white"), by_hand=True),
}

#: Why a file is not looked into any further, and what to do.
REFUSALS: Mapping[str, Promise] = {
    "bomb": _("It unpacks to more than can be looked into."),
    "broken": _("It is damaged. Please open it, store it anew and hand that in."),
    "crash": _("It could not be opened. Please store it anew or as PDF and hand that in."),
    "encrypted": _("It is protected by a password. Please take the password away."),
    "entities": _("It holds instructions that no document needs."),
    "form": _("It is a form that stores no picture of its values. Please print it to PDF."),
    "members": _("It holds too many files."),
    "memory": _("Opening it takes more memory than is allowed. Please hand in a smaller one."),
    "nested": _("It holds archives in archives in archives."),
    "no_values": _("Its formulas have no stored values. Please open it in Excel, store, hand in."),
    "pages": _("It has too many pages. Please hand it in in parts."),
    "pixels": _("Its picture is too large. Please make it smaller."),
    "time": _("Opening it takes longer than is allowed. Please hand in a smaller one."),
    "type": _("Its content is of no kind that can be published."),
}
#: Why the release gate keeps a file that could be opened.
GATE: Mapping[str, Promise] = {
    "changed": _("The stored file is not the one that was looked into."),
    "missing": _("The stored file is gone."),
    "type": _("Its content is of another kind than was found at first."),
    "unseen_text": _("It holds text that does not show"),
}
CONVERT = _("Please hand it in as DOCX, XLSX or PDF, or have a reviewer look into it by hand.")


@dataclass(frozen=True)
class Problem:
    """Why a file is held: a code of GATE, REFUSALS or, for what is left in it, KINDS."""

    code: str
    where: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The reason, in the reader's language."""
        words: str | Promise
        if self.code in GATE:
            words = GATE[self.code]
        elif self.code in REFUSALS:
            words = REFUSALS[self.code]
        elif self.code in KINDS:
            words = KINDS[self.code].label
        else:
            words = self.code
        parts = [str(words), place(self.where), self.detail]
        said = " · ".join(part for part in parts if part)
        if self.code in {"opaque", "opaque_member"}:
            return f"{said} – {CONVERT}"
        return said

    @property
    def may_be_opened_by_hand(self) -> bool:
        return self.code in KINDS and KINDS[self.code].by_hand

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "where": self.where, "detail": self.detail}


def label(kind: str) -> str:
    """What a kind of hidden content is called."""
    return str(KINDS[kind].label) if kind in KINDS else kind


def place(where: str) -> str:
    """The place of a finding in words: from the outside in."""
    return " › ".join(_step(part) for part in where.split(" > ")) if where else ""


def _step(part: str) -> str:
    kind, _colon, name = part.partition(":")
    words = {
        "cell": pgettext("place in a file", "cell %(name)s"),
        "layer": pgettext("place in a file", "layer “%(name)s”"),
        "member": pgettext("place in a file", "file “%(name)s”"),
        "name": pgettext("place in a file", "name “%(name)s”"),
        "page": pgettext("place in a file", "page %(name)s"),
        "part": pgettext("place in a file", "part %(name)s"),
        "sheet": pgettext("place in a file", "sheet “%(name)s”"),
        "slide": pgettext("place in a file", "slide %(name)s"),
    }
    return words[kind] % {"name": name} if kind in words else part


def findings(stored: Iterable[Mapping[str, Any]]) -> list[HiddenFinding]:
    """Findings as they were stored."""
    return [
        HiddenFinding(str(one["kind"]), str(one.get("where", "")), str(one.get("detail", "")))
        for one in stored
    ]


def problems(stored: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Problems as they were stored."""
    return [
        Problem(str(one["code"]), str(one.get("where", "")), str(one.get("detail", "")))
        for one in stored
    ]


def refusal_sentence(code: str, where: str = "") -> str:
    """Why a file is not taken, in the reader's language."""
    said = str(REFUSALS.get(code, REFUSALS["crash"]))
    return f"{said} ({place(where)})" if where else said


def found_in(findings_: Iterable[HiddenFinding]) -> str:
    """Each kind that was found, named once."""
    return "；".join(label(kind) for kind in dict.fromkeys(one.kind for one in findings_))


def named(name: str, words: str | Promise) -> Promise:
    """A sentence about the file of this name."""
    return format_lazy("“{name}”: {words}", name=name, words=words)
