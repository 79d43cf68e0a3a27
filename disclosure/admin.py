"""Gathers the staff pages and panels of this app's rooms; it holds none itself."""

from disclosure.agencies import admin as agencies  # noqa: F401  (they register themselves)
from disclosure.agencies import staff_admin  # noqa: F401
from disclosure.audit import admin as audit  # noqa: F401
from disclosure.catalogue import admin as catalogue  # noqa: F401
from disclosure.catalogue import pages_admin  # noqa: F401
from disclosure.channels import admin as channels  # noqa: F401
from disclosure.files import admin as files  # noqa: F401
from disclosure.findings import admin as findings  # noqa: F401
from disclosure.life import admin as life  # noqa: F401
from disclosure.life import panels as life_panels  # noqa: F401
from disclosure.life import round_admin as life_rounds  # noqa: F401
from disclosure.publications import admin as publications  # noqa: F401
from disclosure.publications import panels  # noqa: F401
from disclosure.publications.importing import panels as _imports  # noqa: F401
from disclosure.publiclog import panels as log_panels  # noqa: F401
from disclosure.reports import admin as reports  # noqa: F401
from disclosure.reports import panels as report_panels  # noqa: F401
from disclosure.search import admin as search  # noqa: F401
from disclosure.standards import admin as standards  # noqa: F401
from disclosure.visits import admin as visits  # noqa: F401
from disclosure.watch import admin as watch  # noqa: F401
from disclosure.watch import panels as watch_panels  # noqa: F401
from disclosure.withheld import admin as withheld  # noqa: F401
from disclosure.withheld import panels as withheld_panels  # noqa: F401
from disclosure.withheld import round_admin  # noqa: F401
from disclosure.workdays import admin as workdays  # noqa: F401
from disclosure.workdays import panels as calendar_panels  # noqa: F401
