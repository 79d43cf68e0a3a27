"""Gathers the staff pages and panels of this app's rooms; it holds none itself."""

from disclosure.agencies import admin as agencies  # noqa: F401  (they register themselves)
from disclosure.agencies import staff_admin  # noqa: F401
from disclosure.audit import admin as audit  # noqa: F401
from disclosure.catalogue import admin as catalogue  # noqa: F401
from disclosure.catalogue import pages_admin  # noqa: F401
from disclosure.publications import admin as publications  # noqa: F401
from disclosure.publications import panels  # noqa: F401
from disclosure.reports import admin as reports  # noqa: F401
from disclosure.reports import panels as report_panels  # noqa: F401
from disclosure.workdays import admin as workdays  # noqa: F401
from disclosure.workdays import panels as calendar_panels  # noqa: F401
