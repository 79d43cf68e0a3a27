"""A report ready to be set: page, DOCX, XLSX, PDF and JSON are all made of this alone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from disclosure.reports.reading.contract import checked_figures, checked_sections
from disclosure.reports.reading.shapes import Figure, Section
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORMS
from disclosure.reports.tables.shapes import Form, Table, Text

FREE: Final = "free"


@dataclass(frozen=True)
class Document:
    """One edition of a report. `form` is None for the free form, which has `sections` and
    `figures` instead of `texts` and `cells`. Days are ISO, as in the JSON."""

    agency: str
    agency_code: str
    year: int
    title: str
    form: Form | None = None
    texts: dict[str, str] = field(default_factory=dict)
    cells: Cells | None = None
    lead: str = ""
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    #: "tables" of the year before, where the report brought them along.
    previous: dict[str, Any] = field(default_factory=dict)
    is_demo: bool = False

    def as_json(self) -> dict[str, Any]:
        """The contract's object; title, lead and agency_code are additions to it."""
        data: dict[str, Any] = {"format": 1, "form": self.form.key if self.form else FREE}
        data |= {"agency": self.agency, "agency_code": self.agency_code, "year": self.year}
        data |= {"title": self.title, "lead": self.lead}
        if self.form is None:
            data |= {"sections": list(self.sections), "figures": list(self.figures)}
        else:
            data["sections"] = {key: self.texts.get(key, "") for key in self.form.texts}
            data["tables"] = self.cells.as_json() if self.cells else {}
            if self.figures:
                data["figures"] = list(self.figures)
            if self.previous:
                data["previous"] = self.previous
        return data | ({"demonstration": True} if self.is_demo else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Of what `as_json` wrote; its tables are taken to be well formed."""
        form = FORMS.get(data.get("form", "2021"))
        sections = data.get("sections", [])
        return cls(
            agency=data["agency"],
            agency_code=data.get("agency_code", ""),
            year=data["year"],
            title=data.get("title", ""),
            form=form,
            texts=dict(sections) if form else {},
            cells=read_tables(form, data.get("tables", {}))[0] if form else None,
            lead=data.get("lead", ""),
            sections=() if form else tuple(checked_sections(sections)),
            figures=tuple(checked_figures(data.get("figures", []))),
            previous=data.get("previous", {}),
            is_demo=bool(data.get("demonstration")),
        )

    def parts(self) -> list[Text | Table]:
        """The six sections of its form in order; empty for the free form."""
        return list(self.form.sections) if self.form else []
