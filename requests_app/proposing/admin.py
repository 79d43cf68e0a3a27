"""The staff pages of proposals, and of what several people ask for."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.pills import pill
from disclosure.backstage.steps import StepsMixin
from disclosure.core.errors import Conflict, NotPossible, Refusal
from requests_app.casework.models import DisclosureRequest
from requests_app.proposing import actions, panels, policies, verbs  # noqa: F401  (they declare)
from requests_app.proposing.forms import DraftForm
from requests_app.proposing.lifecycle import OFTEN_STEPS, PROPOSAL_STEPS, State
from requests_app.proposing.models import AskedOften, Proposal
from requests_app.proposing.permissions import PROPOSE
from requests_app.register.page import staff_page

_TONES = {State.OPEN: "warn", State.TAKEN: "ok", State.DECLINED: "off"}


def may_propose(user: Any, case: DisclosureRequest) -> bool:
    """Whether the case's page leads to a proposal; one query."""
    return rights.allows(user, PROPOSE, case) and not policies.why_not_propose(case)


class ProposingPages:
    """Adds the proposal of a case to the staff pages of requests."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        view = self.admin_site.admin_view(self.propose_view)  # type: ignore[attr-defined]
        name = "requests_app_disclosurerequest_for_everyone"
        return [path("<path:object_id>/for-everyone/", view, name=name), *base.get_urls()]

    def propose_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A draft for everyone of what one person was given."""
        admin: Any = self
        case: DisclosureRequest = admin.case(request, object_id)
        user = person(request)
        if not rights.allows(user, PROPOSE, case):
            raise PermissionDenied
        sent = request.method == "POST"
        form = DraftForm(request.POST) if sent else DraftForm(initial=_first_words(case))
        reasons: Sequence[Refusal] = [] if sent else policies.why_not_propose(case)
        status = 200
        if sent and form.is_valid():
            try:
                actions.propose(case, actor=user, **form.cleaned_data)
            except (NotPossible, Conflict) as error:
                reasons, status = error.refusals, error.status
            else:
                url = reverse("admin:requests_app_disclosurerequest_change", args=[case.pk])
                return HttpResponseRedirect(url)
        return staff_page(
            self,
            request,
            "admin/requests_app/proposing/propose.html",
            title=gettext("Propose for proactive disclosure"),
            object=case,
            label=gettext("Make a draft of it"),
            note=NOTE,
            form=form,
            reasons=reasons,
            status=status,
        )


def _first_words(case: DisclosureRequest) -> dict[str, str]:
    return {"title": case.information_name, "document_number": case.document_number}


NOTE = _(
    "A draft with these words is made and takes the way out like any other; text and files are "
    "added there. Nothing of the applicant goes along (Art. 44)."
)


class NothingTyped(ScopedModelAdmin):
    """Rows that are made by others and changed by steps alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields


@admin.register(Proposal)
class ProposalAdmin(StepsMixin, NothingTyped):
    """Proposals for proactive disclosure (依申请转主动公开)."""

    list_display = ("request_shown", "agency", "origin", "standing", "proposed_at", "title")
    list_display_links = ("request_shown",)
    list_select_related = ("request__agency",)
    list_filter = ("state", "origin")
    search_fields = ("request__number", "title")
    search_help_text = _("Number of the request, title of the draft")
    ordering = ("-proposed_at", "-pk")
    steps = PROPOSAL_STEPS
    fields = (
        "request_shown",
        "subject",
        "origin",
        "proposed_at",
        "draft_shown",
        "reason",
        "decided_by",
        "decided_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.open_to(person(request)).select_related("request__agency", "publication")

    @admin.display(description=_("request"), ordering="request__number")
    def request_shown(self, proposal: Proposal) -> str:
        return proposal.request.number

    @admin.display(description=_("information asked for"))
    def subject(self, proposal: Proposal) -> SafeString:
        case = proposal.request
        url = reverse("admin:requests_app_disclosurerequest_change", args=[case.pk])
        return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, case.subject or case.number)

    @admin.display(description=_("agency"), ordering="request__agency__path")
    def agency(self, proposal: Proposal) -> str:
        return proposal.request.agency.local_name

    @admin.display(description=_("state"), ordering="state")
    def standing(self, proposal: Proposal) -> SafeString:
        return pill(proposal.get_state_display(), _TONES[State(proposal.state)])

    @admin.display(description=_("draft made from it"))
    def draft_shown(self, proposal: Proposal) -> str:
        if proposal.publication is None:
            return proposal.title or "–"
        url = reverse("admin:disclosure_publication_change", args=[proposal.publication.pk])
        return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, proposal.publication.title)

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        if step == "take":
            return partial(DraftForm, initial=_first_words(obj.request)) if obj else DraftForm
        return super().step_form(request, obj, step)

    def step_note(self, obj: Any, step: str) -> str:
        if step == "take":
            return str(NOTE)
        return gettext("It is not published of the agency's own accord; the reason stays.")

    def do_step(
        self, request: HttpRequest, obj: Proposal, step: str, data: Mapping[str, Any]
    ) -> None:
        if step == "take":
            actions.take(obj, actor=person(request), **data)
        else:
            actions.decline(obj, actor=person(request), reason=data["reason"])


@admin.register(AskedOften)
class AskedOftenAdmin(StepsMixin, NothingTyped):
    """What several people ask for; counted daily."""

    list_display = ("subject", "agency", "people", "requests", "last_on", "state")
    list_select_related = ("agency", "sample")
    list_filter = ("state", "agency")
    search_fields = ("sample__information_name",)
    search_help_text = _("Name of the information")
    ordering = ("state", "-people", "-last_on", "pk")
    steps = OFTEN_STEPS
    fields = ("subject", "agency", "people", "requests", "last_on", "state", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """An example that was restricted meanwhile takes its row along until it is counted anew."""
        return super().get_queryset(request).filter(sample__is_restricted=False)

    @admin.display(description=_("information asked for"))
    def subject(self, often: AskedOften) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', often.sample.subject)

    def why_not_step(self, request: HttpRequest, obj: AskedOften, step: str) -> Sequence[Refusal]:
        if step == "dismiss":
            return []
        reasons = policies.why_not_propose(obj.sample)
        is_open = obj.sample.proposals.filter(state=State.OPEN).exists()
        return [one for one in reasons if not (is_open and one.code == "once")]

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        if step == "propose":
            return partial(DraftForm, initial=_first_words(obj.sample)) if obj else DraftForm
        return super().step_form(request, obj, step)

    def step_note(self, obj: Any, step: str) -> str:
        if step == "propose":
            return str(NOTE)
        return gettext("It is off the list and does not come back.")

    def do_step(
        self, request: HttpRequest, obj: AskedOften, step: str, data: Mapping[str, Any]
    ) -> None:
        if step == "propose":
            actions.propose_often(obj, actor=person(request), **data)
        else:
            actions.dismiss(obj, actor=person(request), reason=data["reason"])
