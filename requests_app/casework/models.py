"""Disclosure requests (依申请公开): the case, its dated events, its people, answers and files.

The case row holds projections of its events (state, dates); only `requests_app.actions` writes.
Personal data live in `Applicant` and in encrypted files, nowhere else.
"""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, Office, User
from disclosure.core.crypto import EncryptedJSONField
from requests_app.casework.choices import ApplicantKind, DeliveryChannel, Form, IntakeChannel
from requests_app.determination import OUTCOMES, Outcome
from requests_app.lifecycle import OPEN_STATES, STATE_LABELS, UNDER_WAY, State, told_state

STATE_CHOICES: list[tuple[str, str | Promise]] = [
    (state.value, _(label)) for state, label in STATE_LABELS.items()
]
OPEN_VALUES = sorted(state.value for state in OPEN_STATES)
UNDER_WAY_VALUES = sorted(state.value for state in UNDER_WAY)
OUTCOME_CHOICES: list[tuple[str, str | Promise]] = [
    (row.key, _(row.label)) for row in OUTCOMES.values()
]


class DisclosureRequestQuerySet(models.QuerySet["DisclosureRequest"]):
    def open_to(self, user: User) -> DisclosureRequestQuerySet:
        """Those that are not restricted to others."""
        named = NamedPerson.objects.filter(user=user).values("request")
        return self.filter(Q(is_restricted=False) | Q(pk__in=named))

    def for_staff(self, user: User) -> DisclosureRequestQuerySet:
        """The requests that `user` may see; a restricted one only if named."""
        view = "requests_app.view_disclosurerequest"
        return self.filter(rights.scope(user, view)).open_to(user)

    def unfinished(self) -> DisclosureRequestQuerySet:
        """Not yet answered."""
        return self.filter(state__in=OPEN_VALUES)


class DisclosureRequest(models.Model):
    """One request to one agency (政府信息公开申请)."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="requests", verbose_name=_("agency")
    )
    applicant_kind = models.CharField(
        _("kind of applicant"), max_length=16, choices=ApplicantKind.choices
    )
    intake_channel = models.CharField(_("came in"), max_length=12, choices=IntakeChannel.choices)
    information_name = models.CharField(_("information asked for"), max_length=300, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    form = models.CharField(_("form wanted"), max_length=12, choices=Form.choices)
    channel = models.CharField(_("way of delivery"), max_length=12, choices=DeliveryChannel.choices)
    language = models.CharField(max_length=10, default="zh-hans", editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    handler = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("handler"),
    )

    office = models.ForeignKey(
        Office,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("office in charge"),
    )
    origin = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="offspring",
        verbose_name=_("comes from"),
        help_text=_("The request that it was split off from, or that another agency sent here."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="merged_here",
        verbose_name=_("merged into"),
    )
    is_restricted = models.BooleanField(
        _("restricted"), default=False, help_text=_("Only named people see it.")
    )

    # Projections of the events: `projection.project` computes them, nobody edits them.
    state = models.CharField(_("state"), max_length=16, choices=STATE_CHOICES)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    answer_due = models.DateField(_("answer due"), null=True, blank=True)
    amber_on = models.DateField(_("amber from"), null=True, blank=True)
    red_on = models.DateField(_("red from"), null=True, blank=True)
    waiting_for = models.CharField(_("waits for"), max_length=16, blank=True)
    waiting_until = models.DateField(_("waits until"), null=True, blank=True)
    is_extended = models.BooleanField(_("extended"), default=False)
    is_extension_proposed = models.BooleanField(_("extension proposed"), default=False)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    outcome = models.CharField(_("outcome"), max_length=40, choices=OUTCOME_CHOICES, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # What the annual report counts: the first outcome alone (a reopened case is not counted anew).
    counted_outcome = models.CharField(
        _("outcome counted"), max_length=40, choices=OUTCOME_CHOICES, blank=True
    )
    counted_on = models.DateField(_("counted on"), null=True, blank=True)

    access_code_hash = models.CharField(max_length=64, editable=False)
    submission_token_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    objects = DisclosureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("disclosure request")
        verbose_name_plural = _("disclosure requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="request_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_VALUES, outcome="")
                | (~Q(outcome="") & Q(state__in=["answered", "closed"])),
                name="request_outcome_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(counted_outcome="", counted_on__isnull=True)
                | (~Q(counted_outcome="") & Q(counted_on__isnull=False)),
                name="request_counted_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(counted_outcome=""),
                name="request_outcome_is_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNDER_WAY_VALUES)
                | Q(answer_due__isnull=False)
                | ~Q(waiting_for=""),
                name="request_due_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted") | Q(received_on__isnull=False),
                name="request_received_when_registered",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "answer_due", "id"], name="request_worklist"),
            models.Index(fields=["state", "answer_due", "id"], name="request_by_due"),
            models.Index(
                fields=["agency", "answer_due", "id"],
                condition=Q(state__in=OPEN_VALUES),
                name="request_open_by_due",
            ),
            models.Index(fields=["agency", "received_on"], name="request_received"),
            models.Index(fields=["agency", "counted_on"], name="request_counted"),
            models.Index(fields=["handler", "state"], name="request_by_handler"),
            models.Index(fields=["-submitted_at", "-id"], name="request_newest"),
            models.Index(
                fields=["agency", "-submitted_at", "-id"], name="request_newest_of_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("request", args=[self.number])

    @property
    def subject(self) -> str:
        """What it is about, on one line."""
        return self.information_name or self.description.replace("\n", " ")[:80]

    @property
    def outcome_row(self) -> Outcome | None:
        return OUTCOMES.get(self.outcome)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def told_state(self) -> str:
        """The state as the applicant is told it."""
        return str(_(STATE_LABELS[told_state(State(self.state))]))

    def is_closed_to(self, user: User) -> bool:
        """Whether it is restricted to others than `user`; asked by the table of rights."""
        return self.is_restricted and not self.named_people.filter(user=user).exists()


class NamedPerson(models.Model):
    """Somebody to whom a restricted request is open."""

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="named_people", verbose_name=_("request")
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("named person"))

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="named_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.user_id}"


class Applicant(models.Model):
    """The applicant's personal data: the one encrypted, erasable place.

    `data`: name, id_type, id_number, organisation_code, representative, phone, email,
    postal_address. `person_hash` counts the same applicant's requests without decrypting.
    """

    agency_path = ("request", "agency")

    request = models.OneToOneField(
        DisclosureRequest, models.CASCADE, related_name="applicant", verbose_name=_("request")
    )
    data = EncryptedJSONField(null=True)
    person_hash = models.CharField(max_length=64, db_index=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        constraints = [
            models.CheckConstraint(
                condition=Q(data__isnull=False) | Q(erased_at__isnull=False),
                name="applicant_data_or_erased",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get(self, key: str) -> str:
        """A value of the personal data; empty once they are erased."""
        return str((self.data or {}).get(key, ""))


class ImmutableQuerySet(models.QuerySet["RequestEvent"]):
    """Rows are added, never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Events are never changed; record a correcting event.")

    def delete(self) -> NoReturn:
        raise TypeError("Events are never deleted.")


class RequestEvent(models.Model):
    """One dated step of a case. `occurred_on` is the legal day (China), `recorded_at` the moment
    of entry. `facts` is JSON without personal data: ids, codes, dates."""

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="events", verbose_name=_("request")
    )
    kind = models.CharField(_("kind"), max_length=32)
    occurred_on = models.DateField(_("legal day"))
    recorded_at = models.DateTimeField(_("entered at"), default=timezone.now)
    actor = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("Empty: the applicant."),
    )
    facts = models.JSONField(_("facts"), default=dict)

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["occurred_on", "pk"]
        indexes = [models.Index(fields=["request", "occurred_on", "id"], name="event_of_request")]

    def __str__(self) -> str:
        return f"{self.occurred_on} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Events are never changed; record a correcting event.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Events are never deleted.")


class Answer(models.Model):
    """The answer (答复) as it was given; its text is encrypted, for it may name people.

    A request that was reopened has several; the newest counts.
    """

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="answers", verbose_name=_("request")
    )
    outcome = models.CharField(_("outcome"), max_length=40, choices=OUTCOME_CHOICES)
    content = EncryptedJSONField(null=True, help_text="{'text': …}")
    answered_on = models.DateField(_("answered on"))
    released_on = models.DateField(
        _("information released on"),
        null=True,
        blank=True,
        help_text=_("Until then a third party may contest the disclosure; empty: at once."),
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by")
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def text(self) -> str:
        return str((self.content or {}).get("text", ""))


class StoredFile(models.Model):
    """An encrypted file: the bytes in the private storage, the name encrypted beside them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to="requests/%Y/%m", max_length=200, editable=False)
    label = EncryptedJSONField(help_text="{'name': …}", null=True)
    content_type = models.CharField(_("kind"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return str((self.label or {}).get("name", ""))


class RequestFile(StoredFile):
    """A file of a case: handed in by the applicant, or given with the answer."""

    class Purpose(models.TextChoices):
        APPLICATION = "application", _("From the applicant")
        DRAFT = "draft", _("With the draft of the answer")
        ANSWER = "answer", _("With the answer")
        INNER = "inner", _("Kept in the case file")

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="files", verbose_name=_("request")
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    answer = models.ForeignKey(
        Answer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("answer"),
    )

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uuid)


class CaseNote(models.Model):
    """Words of a case that may name people (what was asked, reasons, opinions), encrypted: an
    event holds no free text. `event` empty: a note of staff to the file.
    """

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="notes", verbose_name=_("request")
    )
    event = models.OneToOneField(
        RequestEvent,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="note",
        verbose_name=_("event"),
    )
    content = EncryptedJSONField(null=True, help_text="{'text': …}")
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def text(self) -> str:
        return str((self.content or {}).get("text", ""))


class StagedUpload(StoredFile):
    """A file kept while its form is not yet accepted; swept after a day."""

    token_hash = models.CharField(max_length=64, db_index=True, editable=False)

    class Meta:
        verbose_name = _("staged upload")
        verbose_name_plural = _("staged uploads")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uuid)
