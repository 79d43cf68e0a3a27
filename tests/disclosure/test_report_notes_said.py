"""What reading a report could not make out is told in the reader's language."""

from django.utils import translation

from disclosure.reports.notes_said import notes_said
from disclosure.reports.reading import Reading, notes
from disclosure.reports.reading.notes import Note

READING = Reading(
    title="",
    agency="",
    year=2024,
    lead="",
    sections=[],
    form="2021",
    notes=[
        Note(notes.OTHER_FORM, {"form": "2021", "year": 2020}),
        Note(notes.NO_TABLE, {}, ("remedies",)),
        Note(notes.NO_ROW, {}, ("proactive", "penalties")),
        Note(notes.UNCLEAR, {"found": "1 2"}, ("requests", "granted", "natural_person")),
    ],
)


def test_each_note_names_its_place() -> None:
    with translation.override("en"):
        form, table, row, cell = notes_said(READING)
    assert form == "The tables follow the form of 2021, though the report is on 2020."
    assert table == "Reconsideration and litigation: The table was not found."
    assert row.endswith("– Administrative penalties: The row was not found.")
    assert cell.endswith("Natural persons: “1 2” is not surely one number; the cell stays blank.")


def test_labels_are_in_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        assert all(
            "政府信息公开行政复议、行政诉讼情况" in said for said in notes_said(READING)[1:2]
        )


def test_without_a_form_the_sentence_stands_alone() -> None:
    free = Reading(
        title="", agency="", year=2024, lead="", sections=[], notes=[Note(notes.NO_TABLES)]
    )
    with translation.override("en"):
        assert notes_said(free) == [notes.NO_TABLES]
