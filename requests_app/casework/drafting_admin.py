"""The pages on which an answer is worked out: its points, what is decided on each, the draft."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.audit.models import AuditEntry
from disclosure.backstage.steps import CHANGED, SEEN
from disclosure.core.citing import cite
from disclosure.core.dates import today
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.grounds import GROUNDS
from requests_app import actions, policies, uploads
from requests_app.applicants import masked
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.casework.step_fields import words
from requests_app.casework.step_forms import Kept, add_files_field
from requests_app.deciding.help import help_for
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.determination import DETERMINATIONS, GIVEN, GROUP_LABELS, WHY_TEXTS, Given, derive
from requests_app.intake.fields import askable_agencies
from requests_app.letters import composing
from requests_app.letters.checking import why_not_issue
from requests_app.lifecycle import TRANSITIONS
from requests_app.lifecycle.transitions import HANDLE
from requests_app.policies.deciding import why_not_follow
from requests_app.policies.reading import may_read

NAME = "requests_app_disclosurerequest"
#: Lines of the audit trail that change nothing of a draft.
LOOKING = ("request.identity_seen", "request.file_opened", "request.note_added")


class PointForm(forms.Form):
    """What a determination must and may say of a point."""

    def __init__(self, *args: Any, point: Point, determination: str, **kwargs: Any) -> None:
        row = DETERMINATIONS[determination]
        same = point.determination == determination
        kwargs.setdefault("initial", point.given if same else {})
        super().__init__(*args, **kwargs)
        for field in (*row.must, *row.may):
            self.fields[field.value] = self._made(field, must=field in row.must)
        if determination == "not_ours":
            agencies = askable_agencies()
            self.fields["send_on"] = forms.ChoiceField(
                label=_("Send it on to"),
                required=False,
                choices=[
                    ("", _("Nobody: the applicant is only told")),
                    *agencies.exclude(pk=point.request.agency_id).values_list("code", "name"),
                ],
                help_text=_(
                    "An agency of this platform: when the answer is issued, the request becomes "
                    "new there with the applicant's data, and the applicant is told."
                ),
            )

    def _made(self, field: Given, *, must: bool) -> forms.Field:
        text = GIVEN[field]
        if field is Given.GROUNDS:
            return forms.MultipleChoiceField(
                label=_(text.label),
                help_text=_(text.hint),
                choices=[(key, row.label) for key, row in GROUNDS.items()],
                widget=forms.CheckboxSelectMultiple,
                required=must,
            )
        return words(
            _(text.label),
            rows=3,
            help_text=_(text.hint),
            # Files with the answer may stand for it; asked when the draft is sent to review.
            required=must and field is not Given.HOW,
        )


class DraftForm(forms.Form):
    """The points apart, and what is added to the answer's own wording."""

    points = words(
        _("Points"),
        rows=4,
        help_text=_("One thing asked for on each line. What was decided on a line stays with it."),
    )
    closing = words(
        _("Closing"),
        rows=3,
        required=False,
        help_text=_("Stands after the points, before the remedies; may stay empty."),
    )
    remedy = words(
        _("Remedy paragraph"),
        rows=5,
        required=False,
        help_text=_("Empty: as the law has it for what is decided. Another wording is checked."),
    )

    def __init__(self, *args: Any, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        add_files_field(self, kept)
        self.fields["files"].label = _("Files that go with the answer")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for refusal in self.kept.refused:
            self.add_error("files", str(refusal))
        return cleaned


class DraftingMixin:
    """The drafting pages of the admin of requests."""

    def drafting_urls(self) -> list[URLPattern]:
        admin: Any = self
        wrap = admin.admin_site.admin_view
        return [
            path("<path:object_id>/draft/", wrap(self.draft_view), name=f"{NAME}_draft"),
            path(
                "<path:object_id>/points/<int:position>/",
                wrap(self.point_view),
                name=f"{NAME}_point",
            ),
            path("<path:object_id>/preview/", wrap(self.preview_view), name=f"{NAME}_preview"),
        ]

    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The draft: points with what is decided, additions, files, and what is still missing."""
        admin: Any = self
        case: DisclosureRequest = admin.case(request, object_id)
        self._require_drafting(request, case)
        kept = admin.kept(request, "files")
        draft = AnswerDraft.objects.filter(request=case).first()
        sent = request.method == "POST"
        initial = {
            "points": "\n".join(point.text for point in case.points.all()),
            "closing": draft.closing if draft else "",
            "remedy": draft.remedy if draft else "",
        }
        form = DraftForm(request.POST if sent else None, kept=kept, initial=initial)
        status = 200
        if sent and form.is_valid():
            try:
                _as_seen(request, case)
                self._store(request, case, form.cleaned_data)
            except (NotPossible, Conflict) as error:
                form.add_error(None, [str(refusal) for refusal in error.refusals])
                status = error.status
            else:
                messages.success(request, gettext("The draft is stored."))
                here = reverse(f"admin:{NAME}_draft", args=[case.pk])
                return HttpResponseRedirect(here)
        points = list(case.points.all())
        return admin.page(
            request,
            "admin/requests_app/draft.html",
            title=gettext("Draft of the answer"),
            object=case,
            form=form,
            seen=draft_mark(case),
            points=[self._shown(case, point) for point in points],
            derived=_derived(points),
            draft_files=case.files.filter(purpose=RequestFile.Purpose.DRAFT),
            missing=[*self._missing(request, case), *why_not_issue(case, today())],
            help=help_for(case, person(request)),
            status=422 if form.errors and status == 200 else status,
        )

    def point_view(self, request: HttpRequest, object_id: str, position: int) -> HttpResponse:
        """What is decided on one point: first which determination, then what it must say."""
        admin: Any = self
        case: DisclosureRequest = admin.case(request, object_id)
        self._require_drafting(request, case)
        point = case.points.filter(position=position).first()
        if point is None:
            raise Http404
        chosen = request.POST.get("determination") or request.GET.get("determination")
        chosen = chosen if chosen in DETERMINATIONS else ""
        form = None
        if chosen:
            sent = request.method == "POST"
            form = PointForm(request.POST if sent else None, point=point, determination=chosen)
            if sent and form.is_valid():
                try:
                    _as_seen(request, case)
                    actions.decide(
                        case,
                        actor=person(request),
                        point=point,
                        determination=chosen,
                        details=form.cleaned_data,
                    )
                except (NotPossible, Conflict) as error:
                    form.add_error(None, [str(refusal) for refusal in error.refusals])
                else:
                    return HttpResponseRedirect(reverse(f"admin:{NAME}_draft", args=[case.pk]))
        like = policies.looking(case, person(request))
        row = DETERMINATIONS.get(chosen)
        return admin.page(
            request,
            "admin/requests_app/point.html",
            title=gettext("Point %(position)d") % {"position": position},
            object=case,
            point=point,
            form=form,
            seen=draft_mark(case),
            chosen=row,
            chosen_label=gettext(row.label) if row else "",
            groups=_groups(like, point.determination),
            reasons=list(why_not_follow(like, row.follow, row.article)) if row else [],
            status=422 if form is not None and form.errors else 200,
        )

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The answer as it would be issued today."""
        admin: Any = self
        case: DisclosureRequest = admin.case(request, object_id)
        if not may_read(person(request), case):
            raise PermissionDenied
        letter = composing.answer(case, today())
        return admin.page(
            request,
            "admin/requests_app/preview.html",
            title=gettext("Preview of the answer"),
            object=case,
            # Whose answer it is, is seen for a purpose only.
            letter=replace(letter, addressee=masked({"name": letter.addressee})["name"]),
        )

    def _require_drafting(self, request: HttpRequest, case: DisclosureRequest) -> None:
        if not rights.allows(person(request), HANDLE, case):
            raise PermissionDenied
        if case.state not in TRANSITIONS["propose"].sources:
            raise NotPossible(policies.asking.wrong_state(case, "propose"))

    def _store(self, request: HttpRequest, case: DisclosureRequest, data: dict[str, Any]) -> None:
        user = person(request)
        staged = uploads.staged_for(data["token"])
        texts = data["points"].splitlines()
        if [text.strip() for text in texts if text.strip()] != [
            point.text for point in case.points.all()
        ]:
            actions.set_points(case, actor=user, texts=texts)
        actions.draft(
            case,
            actor=user,
            closing=data["closing"],
            remedy=data["remedy"],
            files=[uploads.Upload(each.name, uploads.read(each)) for each in staged],
            removed=[key for key in request.POST.getlist("remove_draft") if len(key) <= 36],
        )
        uploads.unstage(data["token"], [str(each.uuid) for each in staged])

    def _missing(self, request: HttpRequest, case: DisclosureRequest) -> list[Refusal]:
        return policies.why_not_begin(case, "propose", person(request))

    def _shown(self, case: DisclosureRequest, point: Point) -> dict[str, Any]:
        row = point.row
        return {
            "point": point,
            "label": gettext(row.label) if row else "",
            "article": cite(row.article.partition("(")[0]) if row else "",
            "url": reverse(f"admin:{NAME}_point", args=[case.pk, point.position])
            + (f"?determination={point.determination}" if row else ""),
        }


def draft_mark(case: DisclosureRequest) -> str:
    """Which version of a draft a page shows: the newest line of the audit trail about the case,
    for points and drafts are no events."""
    lines = AuditEntry.objects.filter(
        target_type=case._meta.label_lower, target_id=str(case.pk)
    ).exclude(verb__in=LOOKING)
    return str(lines.order_by("-pk").values_list("pk", flat=True).first() or "")


def _as_seen(request: HttpRequest, case: DisclosureRequest) -> None:
    """Raise Conflict when somebody else has worked on the draft since the page was opened."""
    seen = request.POST.get(SEEN)
    if seen and seen != draft_mark(case):
        raise Conflict(Refusal(CHANGED, code="conflict"))


def _derived(points: list[Point]) -> dict[str, str] | None:
    """The request's one outcome and why, once every point is decided."""
    if not points or not all(point.row for point in points):
        return None
    from requests_app.determination import OUTCOMES

    found = derive([point.determination for point in points])
    return {
        "label": gettext(OUTCOMES[found.outcome].label),
        "why": gettext(WHY_TEXTS[found.why]),
    }


def _groups(like: policies.Asked, chosen: str) -> list[dict[str, Any]]:
    """The determinations in the groups of table three, with why one cannot follow now."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in DETERMINATIONS.values():
        groups.setdefault(row.outcome.group, []).append(
            {
                "key": row.key,
                "label": gettext(row.label),
                "article": cite(row.article.partition("(")[0]),
                "reasons": list(why_not_follow(like, row.follow, row.article)),
                "chosen": row.key == chosen,
            }
        )
    return [
        {"label": gettext(GROUP_LABELS[group]), "rows": rows}  # type: ignore[index]
        for group, rows in groups.items()
    ]
