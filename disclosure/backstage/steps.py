"""The next steps of a record: what its table of states, the rights and the policy allow now.

A step is a button that leads to a page which says what will happen, asks for a reason where the
step needs one, and does it by POST. Without the right there is no button; where the policy
refuses, the button is there, dead, with its reasons. In a list the same step runs over the chosen
records one by one, with an answer for each.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records, rights
from disclosure.core.errors import Conflict, NotPermitted, NotPossible, Refusal

#: The hidden field of a form that says which version of the record it shows.
SEEN = "_seen"
CHANGED = _("Somebody else has changed this meanwhile. Please look at it again.")
#: More than this at once is refused: choose fewer.
MOST_AT_ONCE = 200


class Transition(Protocol):
    """A row of a lifecycle table, as far as buttons read it."""

    @property
    def name(self) -> str: ...
    @property
    def sources(self) -> Iterable[Any]: ...
    @property
    def action(self) -> str | None: ...
    @property
    def label(self) -> str | Promise: ...


class ReasonForm(forms.Form):
    """What a step with a reason asks."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(forms.Form):
    """A step that asks nothing but to be confirmed."""


@dataclass(frozen=True)
class Button:
    """A step as the form page shows it; with `reasons` it is dead."""

    name: str
    label: str
    url: str
    reasons: Sequence[Refusal]
    #: The heading under which it stands; with headings what is not possible now is folded away.
    group: str = ""
    #: Its reasons stand at the button, under its heading, also where others are folded away.
    is_plain: bool = False


@dataclass(frozen=True)
class Answer:
    """What became of one record in a bulk step."""

    obj: Model
    url: str
    reasons: Sequence[Refusal]


class StepsMixin:
    """Adds a record's next steps to a ScopedModelAdmin.

    Give `steps` (the lifecycle table), `why_not_step` and `do_step`; `bulk_steps` names those
    that a list offers too.
    """

    model: type[Model]
    steps: Mapping[str, Transition] = {}
    bulk_steps: Sequence[str] = ()
    step_template = "admin/step.html"
    bulk_template = "admin/bulk_step.html"
    bulk_answers_template = "admin/bulk_answers.html"

    # --- to be given --------------------------------------------------------------------------
    def why_not_step(self, request: HttpRequest, obj: Any, step: str) -> Sequence[Refusal]:
        """What the policy says against `step` now (a reason still to be given aside)."""
        return []

    def do_step(self, request: HttpRequest, obj: Any, step: str, data: Mapping[str, Any]) -> None:
        """Do `step` through the room's action; `data` is what its form asked for."""
        raise NotImplementedError

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        """What makes the form that the step asks to be filled in (no `obj`: for many)."""
        needs_reason = getattr(self.steps[step], "needs_reason", False)
        return ReasonForm if needs_reason else ConfirmForm

    def step_note(self, obj: Any, step: str) -> str:
        """What the step will do, in a sentence, for its page."""
        return ""

    # --- buttons ------------------------------------------------------------------------------
    def may_step(self, request: HttpRequest, obj: Any, step: str) -> bool:
        """Whether the state lies before the step and the table gives the right to it."""
        row = self.steps[step]
        user: Any = request.user
        return bool(
            row.action and obj.state in row.sources and rights.allows(user, row.action, obj)
        )

    def buttons(self, request: HttpRequest, obj: Any) -> list[Button]:
        """The next steps of `obj`, in the table's order."""
        return [
            Button(
                name,
                self.step_label(name),
                self.step_url(obj, name),
                list(self.why_not_step(request, obj, name)),
            )
            for name in self.steps
            if self.may_step(request, obj, name)
        ]

    def step_url(self, obj: Any, step: str) -> str:
        """Where the step is done; override to lead to a page of its own."""
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{step}", args=[obj.pk])

    def state_label(self, obj: Any) -> str:
        """The state as its pill says it."""
        return str(obj.get_state_display())

    def step_label(self, step: str) -> str:
        label = self.steps[step].label
        return gettext(label) if isinstance(label, str) else str(label)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            stored = context["original"]
            context["next_steps"] = self.buttons(request, stored)
            context["state_label"] = self.state_label(stored)
            context["state"] = str(stored.state)
        base: Any = super()
        return base.render_change_form(request, context, *args, **kwargs)

    # --- one record ---------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        site: Any = self.admin_site  # type: ignore[attr-defined]
        meta = self.model._meta
        own = []
        for name in self.steps:
            view = partial(self.step_view, step=name)
            update_wrapper(view, self.step_view)
            own.append(
                path(
                    f"<path:object_id>/{name}/",
                    site.admin_view(view),
                    name=f"{meta.app_label}_{meta.model_name}_{name}",
                )
            )
        return own + base.get_urls()

    def step_view(self, request: HttpRequest, object_id: str, *, step: str) -> HttpResponse:
        """The page of one step: what it will do, its form; done by POST."""
        admin: Any = self
        obj = admin.get_object(request, object_id)
        row = self.steps[step]
        user: Any = request.user
        if not row.action or not rights.allows(user, row.action, obj):
            raise PermissionDenied
        form_class = self.step_form(request, obj, step)
        sent = request.method == "POST"
        form = form_class(request.POST, request.FILES) if sent else form_class()
        reasons = [] if sent else list(self.why_not_step(request, obj, step))
        status = 200
        if sent and form.is_valid():
            try:
                self._do_as_seen(request, obj, step, form.cleaned_data, SEEN)
            except (NotPossible, Conflict) as error:
                reasons, status = error.refusals, error.status
            else:
                return self.after_step(request, obj, step)
        context = {
            **admin.admin_site.each_context(request),
            "title": self.step_label(step),
            "subtitle": None,
            "object": obj,
            "opts": self.model._meta,
            "step": step,
            "label": self.step_label(step),
            "note": self.step_note(obj, step),
            "form": form,
            "reasons": reasons,
            "seen": admin.seen_mark(object_id),
            "media": admin.media + form.media,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, self.step_template, context, status=status)

    def _do_as_seen(
        self, request: HttpRequest, obj: Any, step: str, data: Mapping[str, Any], name: str
    ) -> None:
        """Do the step to what the person looked at: another version meanwhile is a conflict.

        The row is locked first, so that none can slip in between.
        """
        admin: Any = self
        seen = request.POST.get(name)
        with transaction.atomic():
            records.locked(obj)
            if seen and seen != admin.seen_mark(str(obj.pk)):
                raise Conflict(Refusal(CHANGED, code="conflict"))
            self.do_step(request, obj, step, data)

    def after_step(self, request: HttpRequest, obj: Any, step: str) -> HttpResponse:
        """Back to the record, saying that it is done."""
        messages.success(
            request,
            gettext("Done: %(step)s, %(record)s.")
            % {"step": self.step_label(step), "record": str(obj)},
        )
        meta = self.model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])
        return HttpResponseRedirect(url)

    # --- many records -------------------------------------------------------------------------
    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The bulk steps that the person may do anywhere."""
        base: Any = super()
        actions: dict[str, Any] = base.get_actions(request)
        user: Any = request.user
        for name in self.bulk_steps:
            action = self.steps[name].action
            if action and rights.allows(user, action):
                actions[name] = (_bulk(name), name, self.step_label(name))
        return actions

    def bulk_step(
        self, request: HttpRequest, rows: QuerySet[Any], step: str
    ) -> HttpResponse | None:
        """Ask first; then do the step for each record alone, and tell what became of each."""
        admin: Any = self
        chosen = list(rows[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            messages.error(
                request,
                gettext("Please choose at most %(most)d records at once.") % {"most": MOST_AT_ONCE},
            )
            return None
        form_class = self.step_form(request, None, step)
        sent = "confirmed" in request.POST
        form = form_class(request.POST) if sent else form_class()
        context = {
            **admin.admin_site.each_context(request),
            "title": self.step_label(step),
            "subtitle": None,
            "opts": self.model._meta,
            "step": step,
            "label": self.step_label(step),
            "checkbox": ACTION_CHECKBOX_NAME,
            "records": chosen,
            "seen": [
                (f"{SEEN}_{key}", mark)
                for key, mark in admin.seen_marks(one.pk for one in chosen).items()
            ],
            "form": form,
            "media": admin.media + form.media,
        }
        request.current_app = admin.admin_site.name
        if not sent or not form.is_valid():
            return TemplateResponse(request, self.bulk_template, context)
        answers = [self._answer(request, obj, step, form.cleaned_data) for obj in chosen]
        context["answers"] = answers
        context["done"] = sum(not answer.reasons for answer in answers)
        return TemplateResponse(request, self.bulk_answers_template, context)

    def _answer(self, request: HttpRequest, obj: Any, step: str, data: Mapping[str, Any]) -> Answer:
        meta = self.model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])
        try:
            self._do_as_seen(request, obj, step, data, f"{SEEN}_{obj.pk}")
        except (NotPermitted, NotPossible, Conflict) as error:
            return Answer(obj, url, error.refusals)
        return Answer(obj, url, [])


def _bulk(step: str) -> Callable[..., HttpResponse | None]:
    def run(modeladmin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        return modeladmin.bulk_step(request, rows, step)

    run.__name__ = step
    return run
