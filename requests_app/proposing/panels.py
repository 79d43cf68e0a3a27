"""The start page's panels on what could be published of the agency's own accord."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Panel, Row, panel_of, register
from disclosure.core.dates import legal_day
from requests_app.proposing.models import AskedOften, Proposal
from requests_app.proposing.permissions import DECIDE, DECIDE_OFTEN

PROPOSALS = "admin:requests_app_proposal_changelist"
OFTEN = "admin:requests_app_askedoften_changelist"


def open_proposals(user: User) -> QuerySet[Proposal]:
    """Those that `user` can decide on, the oldest first."""
    scope = rights.scope(user, DECIDE, prefix="request__agency")
    rows = Proposal.objects.filter(scope, state=Proposal.State.OPEN).open_to(user)
    return rows.select_related("request__agency").order_by("proposed_at", "pk")


def proposals(user: User) -> Panel | None:
    """What applicants suggest, for who decides on it."""
    if not rights.allows(user, DECIDE):
        return None

    def row(proposal: Proposal) -> Row:
        return Row(
            label=proposal.request.subject or proposal.request.number,
            url=reverse("admin:requests_app_proposal_change", args=[proposal.pk]),
            word=proposal.request.number,
            note=gettext("suggested on %(day)s")
            % {"day": date_format(legal_day(proposal.proposed_at), "Y-m-d")},
            agency=proposal.request.agency.local_name,
        )

    return panel_of(
        "proposals",
        _("Suggested for proactive disclosure (Art. 44)"),
        open_proposals(user),
        row,
        f"{reverse(PROPOSALS)}?state__exact=open",
    )


def often(user: User) -> Panel | None:
    """What several people asked for and were given."""
    if not rights.allows(user, DECIDE_OFTEN):
        return None

    def row(one: AskedOften) -> Row:
        return Row(
            label=one.sample.subject,
            url=reverse("admin:requests_app_askedoften_change", args=[one.pk]),
            word=ngettext("%(n)d applicant", "%(n)d applicants", one.people) % {"n": one.people},
            note=gettext("last on %(day)s") % {"day": date_format(one.last_on, "Y-m-d")},
            agency=one.agency.local_name,
        )

    rows = AskedOften.objects.filter(
        rights.scope(user, DECIDE_OFTEN),
        state=AskedOften.State.OPEN,
        sample__is_restricted=False,
    )
    return panel_of(
        "asked-often",
        _("Asked for by several people"),
        rows.select_related("agency", "sample").order_by("-people", "-last_on", "pk"),
        row,
        f"{reverse(OFTEN)}?state__exact=open",
    )


register("proposals", proposals, order=36)
register("asked-often", often, order=37)
