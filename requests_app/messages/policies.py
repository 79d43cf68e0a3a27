"""Whether an agency's own wording of a message will do: every reason as a sentence."""

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from requests_app.messages.templates import Template, fields_of


def why_not_word(template: Template, *, subject: str, body: str) -> list[Refusal]:
    """Why this text cannot be sent; the refusal's code names the part of the form."""
    reasons: list[Refusal] = []
    shown: set[str] = set()
    for place, text in (("subject", subject), ("body", body)):
        if not text.strip():
            reasons.append(Refusal(_("There is no text."), code=place))
            continue
        try:
            names = fields_of(text)
        except ValueError:
            reasons.append(
                Refusal(
                    _(
                        "The braces cannot be read. A field is its name in braces, as %(example)s; "
                        "a brace in the text itself is written twice."
                    )
                    % {"example": "{number}"},
                    code=place,
                )
            )
            continue
        shown |= set(names)
        reasons += [
            Refusal(
                _("This message has no field %(field)s. It has: %(fields)s.")
                % {"field": _braced(name), "fields": " ".join(map(_braced, template.fields))},
                code=place,
            )
            for name in dict.fromkeys(names)
            if name not in template.fields
        ]
    if reasons:
        return reasons
    return [
        Refusal(_("The field %(field)s has to be shown.") % {"field": _braced(name)}, code="body")
        for name in template.needed
        if name not in shown
    ]


def _braced(name: str) -> str:
    return f"{{{name}}}"
