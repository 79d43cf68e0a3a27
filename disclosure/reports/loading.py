"""Figures of another system as a file: CSV or XLSX with a row for each cell, or the JSON."""

import csv
import hashlib
import io
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.files import isolated
from disclosure.files.inside.report import Refused
from disclosure.reports import sheets as filled
from disclosure.reports.messages import sentence
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading.contract import read_object, tables_of
from disclosure.reports.reading.decoding import decode
from disclosure.reports.reading.errors import ReadingError
from disclosure.reports.tables.cells import Cell, Cells
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.shapes import Form, Place
from disclosure.reports.wording import line

MOST_BYTES: Final = 2 * 1024 * 1024
#: The columns of CSV and XLSX.
COLUMNS: Final = ("table", "row", "column", "value")
_SHOWN: Final = 20


class LoadForm(forms.Form):
    """A file with figures for some cells."""

    file = forms.FileField(
        label=_("file"),
        help_text=_(
            "JSON of the report, or CSV/XLSX with the columns table, row, column, value; at most"
            " 2 MB. It is loaded whole or not at all."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )

    def __init__(self, *args: Any, report: AnnualReport, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.report = report
        self.cells: Cells | None = None

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB."))
        data = upload.read()
        form = self.report.table_form
        assert form is not None  # noqa: S101  (the page is for reports with tables)
        self.cells = read(form, upload.name.lower(), data)
        self.sha256 = hashlib.sha256(data).hexdigest()
        return upload

    def found(self) -> dict[str, Any]:
        """What `actions.load` takes."""
        return {
            "cells": self.cells,
            "name": self.cleaned_data["file"].name,
            "sha256": self.sha256,
        }


def read(form: Form, name: str, data: bytes) -> Cells:
    """The cells of a file by its name's ending; ValidationError with every line that is wrong."""
    if name.endswith(".json"):
        return _read_json(form, data)
    if name.endswith(".csv"):
        return _read_rows(form, _csv_rows(data))
    if name.endswith(".xlsx"):
        return _read_rows(form, _xlsx_rows(data))
    raise ValidationError(_("The file must end in .csv, .xlsx or .json."))


def _read_json(form: Form, data: bytes) -> Cells:
    try:
        found = tables_of(read_object(decode(data)))
    except ReadingError as error:
        raise ValidationError(sentence(error)) from error
    if found.form.key != form.key:
        raise ValidationError(_("The file follows another form than this report."))
    cells, problems = read_tables(form, found.tables)
    errors = [line(form, one) for one in problems if one.is_error]
    if errors:
        raise ValidationError(errors[:_SHOWN])
    return cells


def _csv_rows(data: bytes) -> list[list[Any]]:
    try:
        return list(csv.reader(io.StringIO(decode(data), newline="")))
    except ReadingError as error:
        raise ValidationError(sentence(error)) from error
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as CSV.")) from error


def _xlsx_rows(data: bytes) -> list[list[Any]]:
    """The first sheet with the columns; read in a child process, which alone may die of it."""
    try:
        sheets: list[dict[str, Any]] = isolated.run("sheets", data)["sheets"]
    except Refused as error:
        raise ValidationError(_("The file cannot be read as XLSX.")) from error
    tables: list[list[list[Any]]] = [one["rows"] for one in sheets if one.get("rows")]
    for rows in tables:
        if _places(rows[0]) is not None:
            return rows
    return tables[0] if tables else []


def _places(row: list[Any]) -> list[int] | None:
    """Where the columns stand in a row of headings; None where one is missing."""
    heading = [str(cell).strip().lstrip("\ufeff").lower() for cell in row]
    if any(name not in heading for name in COLUMNS):
        return None
    return [heading.index(name) for name in COLUMNS]


def _read_rows(form: Form, rows: list[list[Any]]) -> Cells:
    """By its keys a row names a cell; the first row has the headings."""
    at = _places(rows[0]) if rows else None
    if at is None:
        message = _("The first row must have the headings %(columns)s.")
        raise ValidationError(message, params={"columns": ", ".join(COLUMNS)})
    values: dict[Place, Cell] = {}
    errors: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        cells = [str(row[one]).strip() if one < len(row) else "" for one in at]
        if not any(cells):
            continue
        why = _take(form, cells, values)
        if why:
            errors.append(gettext("Row %(number)d: %(why)s") % {"number": number, "why": why})
    if errors:
        raise ValidationError(errors[:_SHOWN])
    if not values:
        raise ValidationError(_("The file has no figures."))
    return Cells(form, values)


def _take(form: Form, cells: list[str], values: dict[Place, Cell]) -> str:
    """Put one row's value in its place, or say why not."""
    place = filled.place_of(form, ".".join(cells[:3]))
    if place is None:
        return gettext("There is no such cell in this form.")
    if place in values:
        return gettext("This cell has stood in a row before.")
    text = cells[3].removesuffix(".0")  # a spreadsheet's whole numbers
    try:
        values[place] = filled.read(text, form.column(place))
    except filled.WrongCell as error:
        return str(error)
    return ""
