from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """What an agency discloses; knows nothing of requests."""

    name = "disclosure"
    verbose_name = _("Disclosure")

    def ready(self) -> None:
        from disclosure import permissions  # noqa: F401  (declares the rights)
        from disclosure.catalogue import ready as _catalogue  # noqa: F401  (hangs on to publishing)
        from disclosure.channels import ready as _channels  # noqa: F401  (hangs on to publishing)
        from disclosure.core import daily, triggers
        from disclosure.figures import ready as _figures  # noqa: F401  (counts what is published)
        from disclosure.files import ready as _files  # noqa: F401  (hangs on to publishing)
        from disclosure.findings import ready as _findings  # noqa: F401  (hangs on to publishing)
        from disclosure.life import ready as _life  # noqa: F401  (hangs on to publishing)
        from disclosure.opendata import ready as _opendata  # noqa: F401  (hangs on to publishing)
        from disclosure.publications import database_rules, prepared
        from disclosure.publications.importing import actions as importing
        from disclosure.publiclog import ready as public_log
        from disclosure.reports import database_rules as report_rules
        from disclosure.reports import (
            files as _report_files,  # noqa: F401  (makes files after publication)
        )
        from disclosure.reports import publication_counts
        from disclosure.search import ready as search
        from disclosure.standards import ready as _standards  # noqa: F401  (hangs on to publishing)
        from disclosure.throttling import limits
        from disclosure.visits import ready as _visits  # noqa: F401  (counts what is read)
        from disclosure.withheld import ready as _withheld  # noqa: F401  (hangs on to publishing)

        daily.register("counts of attempts", limits.sweep)
        daily.register("imports", importing.sweep)
        daily.register("prepared files", prepared.sweep)
        triggers.append_only("disclosure.AuditEntry")
        database_rules.declare()
        report_rules.declare()
        publication_counts.declare()
        public_log.declare()
        triggers.keep_in_place(self)
        search.keep_in_place(self)
