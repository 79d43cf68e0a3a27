"""A DOCX that an editor brings in as the text of a publication."""

from django.utils.translation import gettext, ngettext

from disclosure.core import html
from disclosure.core.errors import NotPossible, Refusal
from disclosure.files import isolated, kinds
from disclosure.files.inside.report import Refused


def docx_to_html(data: bytes) -> tuple[str, list[str]]:
    """The document as sanitised HTML, and what was left out, each as a sentence.

    Changes are accepted, hidden text and comments are gone. Raises NotPossible with the reason.
    """
    try:
        answer = isolated.run("docx_to_html", data)
    except Refused as refused:
        words = kinds.refusal_sentence(refused.code, refused.where)
        raise NotPossible(Refusal(words, code=refused.code)) from None
    left_out = answer["warnings"]
    warnings = []
    if left_out.get("pictures"):
        warnings.append(
            ngettext(
                "%(count)d picture was left out; please attach it as a file.",
                "%(count)d pictures were left out; please attach them as files.",
                left_out["pictures"],
            )
            % {"count": left_out["pictures"]}
        )
    if left_out.get("barred"):
        warnings.append(
            gettext("Words that a bar covers in the file show in the text. Please check.")
        )
    if left_out.get("others"):
        warnings.append(gettext("Something could not be taken over. Please compare."))
    return html.sanitise(answer["html"]), warnings
