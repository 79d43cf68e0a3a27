"""The pages of the rooms beside the list of requests, for as long as the admin of requests does
not have them in its bases: then this does nothing."""

from requests_app.casefile.admin import CaseFilePages
from requests_app.casework.admin import DisclosureRequestAdmin
from requests_app.moving.admin import MovingPages
from requests_app.oversight.admin import OversightPages
from requests_app.register.admin import RegisterPages

PAGES = (RegisterPages, CaseFilePages, OversightPages, MovingPages)


def add() -> None:
    missing = tuple(one for one in PAGES if not issubclass(DisclosureRequestAdmin, one))
    if missing:
        DisclosureRequestAdmin.__bases__ = (*missing, *DisclosureRequestAdmin.__bases__)
