"""Gathers the staff pages and panels of this app's rooms; it holds none itself."""

from requests_app import verbs  # noqa: F401  (what the audit trail says of requests)
from requests_app.casework import admin, panels  # noqa: F401  (they register themselves)
from requests_app.keeping import verbs as _keeping  # noqa: F401
from requests_app.letters import style_admin as _letters  # noqa: F401
from requests_app.messages import admin as _messages  # noqa: F401
from requests_app.proposing import admin as _proposing  # noqa: F401
