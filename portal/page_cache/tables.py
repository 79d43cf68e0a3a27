"""What makes a new generation: every model is in one of the two lists, a test sees to it.

In doubt a model is public: that costs a page its place in the cache, the other way costs the
reader the truth. Not public is what no kept page shows, above all what is written all day.
"""

from typing import Final

PUBLIC: Final = frozenset(
    f"disclosure.{name}"
    for name in (
        *("Agency", "Office", "Category", "Guide", "Rule"),
        *("Publication", "Attachment", "PublicationEvent", "SignOff", "FileCheck", "PreparedFile"),
        *("Relation", "ClosedVersion", "CleanUpRound", "CleanUpEntry", "Appearance"),
        *("AnnualReport", "ReportEdition", "EditionFile"),
        *("StandardArea", "StandardItem", "StandardLink"),
        *("WithheldItem", "ServiceFigures", "CalendarDay", "CalendarYear"),
        *("LogEntry", "LogHead", "LogCheck"),
        *("SearchRow", "SearchSynonym", "FacetTotal"),
        *("PublicationReads", "MostRead", "Dump"),
    )
)

#: Whole applications; in ours the models by name.
APART_APPS: Final = frozenset(
    {
        *("requests_app", "admin", "auth", "axes", "contenttypes", "sessions"),
        "django_tasks_database",
    }
)
APART: Final = frozenset(
    f"disclosure.{name}"
    for name in (
        *("User", "RoleAssignment", "AuditEntry", "Counter", "ThrottleBucket"),
        *("FileText", "Finding", "FindingsScan", "LinkState", "SensitiveSubject", "Wording"),
        *("ConfidentialityReview", "ImportRun", "ColumnPlan"),
        *("CellAdjustment", "RemarkNote", "ReportEvent", "ReportReminder"),
        *("Reassessment", "ReassessmentRound"),
        *("SearchMark", "MissedSearch", "ReadCount", "MonthReads", "ReadLog"),
        "PublicChange",
    )
)
