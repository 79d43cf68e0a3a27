"""Gathers the models of this app's rooms; it holds none itself."""

from disclosure.agencies.models import Agency, Office, RoleAssignment, User
from disclosure.audit.models import AuditEntry
from disclosure.catalogue.models import Category, DocumentType, Guide, Rule
from disclosure.numbering.models import Counter
from disclosure.publications.models import Attachment, Publication
from disclosure.reports.models import AnnualReport
from disclosure.throttling.models import ThrottleBucket
from disclosure.workdays.models import CalendarDay, CalendarYear

__all__ = [
    "Agency",
    "AnnualReport",
    "Attachment",
    "AuditEntry",
    "CalendarDay",
    "CalendarYear",
    "Category",
    "Counter",
    "DocumentType",
    "Guide",
    "Office",
    "Publication",
    "RoleAssignment",
    "Rule",
    "ThrottleBucket",
    "User",
]
