"""What reading a published report could not make out, in the reader's language."""

from django.utils.translation import gettext

from disclosure.reports.reading import Reading
from disclosure.reports.reading.notes import Note
from disclosure.reports.tables.forms import FORMS
from disclosure.reports.tables.shapes import Form
from disclosure.reports.wording import said


def notes_said(reading: Reading) -> list[str]:
    """Each note as a sentence, with the table, row and column that it is about."""
    form = FORMS.get(reading.form)
    return [_sentence(note, form) for note in reading.notes]


def _sentence(note: Note, form: Form | None) -> str:
    words = gettext(note.message) % note.params
    if form is None or not note.place:
        return words
    values = {"where": gettext(" – ").join(_names(note, form)), "sentence": words}
    return gettext("%(where)s: %(sentence)s") % values


def _names(note: Note, form: Form) -> list[str]:
    table = form.table(note.place[0])
    names = [said(table.label)]
    if len(note.place) > 1:
        names.append(said(table.rows[note.place[1]].label))
    if len(note.place) > 2:
        names.append(said(table.column(note.place[1], note.place[2]).label))
    return names
