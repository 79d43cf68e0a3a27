"""What can be wrong with a file that should be a report, by name.

`message` is a msgid: whoever shows it translates it and fills in `params`.
"""

from typing import ClassVar

from disclosure.core.text import gettext_noop as _


class ReadingError(Exception):
    """The file is not a report that can be read; each subclass is one reason."""

    message: ClassVar[str] = _("The report could not be read.")

    def __init__(self, **params: str | int) -> None:
        self.params = params
        super().__init__(self.message % params)


class EmptyFile(ReadingError):
    message = _("The file is empty.")


class TooLarge(ReadingError):
    message = _("The file is larger than %(limit)d MB; an annual report is not.")


class NotText(ReadingError):
    message = _(
        "The file is not a text in UTF-8, UTF-16 or GB18030; it seems damaged or of another kind."
    )


class FormatNotRead(ReadingError):
    message = _(
        "Files of the kind %(kind)s are not read; give the report as HTML, DOCX, PDF with text, "
        "plain text, Markdown or JSON."
    )


class Damaged(ReadingError):
    message = _("The file is damaged and cannot be opened.")


class Locked(ReadingError):
    message = _("The file is protected by a password.")


class OnlyPictures(ReadingError):
    message = _("The PDF holds no text, only pictures of pages; nothing can be read in it.")


class TooMuchInIt(ReadingError):
    message = _("The file holds more pages, cells or packed data than an annual report does.")


class NoTitle(ReadingError):
    message = _(
        "No title was found; the first line should be the title, such as "
        "“(agency)(year)年政府信息公开工作年度报告”."
    )


class NoHeadings(ReadingError):
    message = _(
        "No headings were found; put each on a line of its own, numbered 一、二、三、 "
        "or marked with # as in Markdown."
    )


class NoContent(ReadingError):
    message = _("The headings were found, but there is no text under any of them.")


class NotJson(ReadingError):
    message = _("The file is not valid JSON (line %(line)d, column %(column)d).")


class BadField(ReadingError):
    message = _("The field “%(field)s” must be %(expected)s.")
