"""For what an applicant's personal data are looked at: a closed list, so that the audit trail,
which is never erased, holds no free text about a person. Pure."""

from disclosure.core.text import gettext_noop as _

PURPOSES: dict[str, str] = {
    "identity": _("To check the identity"),
    "contact": _("To ask the applicant back"),
    "serve": _("To send the answer or a letter"),
    "fee": _("For the processing fee"),
    "remedy": _("For a reconsideration, a lawsuit or an inspection"),
}

#: How the identity was checked before a new access code is given.
CHECKED_BY: dict[str, str] = {
    "document": _("The identity document was shown"),
    "number": _("The number of the document and the contact on file agree"),
    "agent": _("The agent showed the power of attorney"),
    "email": _("The link sent to the e-mail address on file was used"),
}

#: How a letter, fax or e-mail was confirmed with the applicant (Art. 31).
CONFIRMED_BY: dict[str, str] = {
    "phone": _("By telephone"),
    "in_person": _("In person, face to face"),
    "email": _("By an e-mail in reply"),
    "writing": _("In writing"),
}
