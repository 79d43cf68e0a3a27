"""Gathers the models of this app's rooms; it holds none itself."""

from disclosure.agencies.models import Agency, Office, RoleAssignment, User
from disclosure.audit.models import AuditEntry
from disclosure.catalogue.models import Category, DocumentType, Guide, Rule
from disclosure.channels.models import Appearance
from disclosure.figures.models import ServiceFigures
from disclosure.files.models import FileCheck, FileText
from disclosure.findings.models import (
    Finding,
    FindingsScan,
    LinkState,
    SensitiveSubject,
    Wording,
)
from disclosure.freshness.models import PublicChange
from disclosure.life.models import CleanUpEntry, CleanUpRound, ClosedVersion, Relation
from disclosure.numbering.models import Counter
from disclosure.opendata.models import Dump
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.models import Attachment, Publication
from disclosure.publications.prepared import PreparedFile
from disclosure.publications.trail import ConfidentialityReview, PublicationEvent, SignOff
from disclosure.publiclog.models import LogCheck, LogEntry, LogHead
from disclosure.reports.models import AnnualReport
from disclosure.reports.reminding import ReportReminder
from disclosure.reports.trail import (
    CellAdjustment,
    EditionFile,
    RemarkNote,
    ReportEdition,
    ReportEvent,
)
from disclosure.search.models import (
    FacetTotal,
    MissedSearch,
    SearchMark,
    SearchRow,
    SearchSynonym,
)
from disclosure.standards.models import StandardArea, StandardItem, StandardLink
from disclosure.throttling.models import ThrottleBucket
from disclosure.visits.models import (
    MonthReads,
    MostRead,
    PublicationReads,
    ReadCount,
    ReadLog,
)
from disclosure.watch.models import ColumnPlan
from disclosure.withheld.models import Reassessment, ReassessmentRound, WithheldItem
from disclosure.workdays.models import CalendarDay, CalendarYear

__all__ = [
    "Agency",
    "AnnualReport",
    "Appearance",
    "Attachment",
    "AuditEntry",
    "CalendarDay",
    "CalendarYear",
    "Category",
    "CellAdjustment",
    "CleanUpEntry",
    "CleanUpRound",
    "ClosedVersion",
    "ColumnPlan",
    "ConfidentialityReview",
    "Counter",
    "DocumentType",
    "Dump",
    "EditionFile",
    "FacetTotal",
    "FileCheck",
    "FileText",
    "Finding",
    "FindingsScan",
    "Guide",
    "ImportRun",
    "LinkState",
    "LogCheck",
    "LogEntry",
    "LogHead",
    "MissedSearch",
    "MonthReads",
    "MostRead",
    "Office",
    "PreparedFile",
    "PublicChange",
    "Publication",
    "PublicationEvent",
    "PublicationReads",
    "ReadCount",
    "ReadLog",
    "Reassessment",
    "ReassessmentRound",
    "Relation",
    "RemarkNote",
    "ReportEdition",
    "ReportEvent",
    "ReportReminder",
    "RoleAssignment",
    "Rule",
    "SearchMark",
    "SearchRow",
    "SearchSynonym",
    "SensitiveSubject",
    "ServiceFigures",
    "SignOff",
    "StandardArea",
    "StandardItem",
    "StandardLink",
    "ThrottleBucket",
    "User",
    "WithheldItem",
    "Wording",
]
