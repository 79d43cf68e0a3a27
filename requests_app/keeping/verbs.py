"""What the audit trail notes beside an erasure."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Fact

verbs.declare({}, facts={"letters": Fact(_("number of letters"))})
