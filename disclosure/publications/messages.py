"""Sentences that several modules of this room say."""

from django.utils.translation import gettext_lazy as _

CHANGED_MEANWHILE = _("Somebody else has changed this meanwhile. Please look at it again.")
FILE_NOT_ALLOWED = _(
    "This kind of file is not accepted, or its content does not fit the ending of its name."
)
