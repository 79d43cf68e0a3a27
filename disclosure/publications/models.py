"""Publications (主动公开信息) and their attachments."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure import grounds
from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.catalogue.index_numbers import validate_index_number
from disclosure.catalogue.models import Category, DocumentType
from disclosure.core.paging import RowByRow
from disclosure.publications.lifecycle import SEALED, TRANSITIONS, State


def normalise_document_number(value: str) -> str:
    """A document number (文号) in the one form that is compared: `〔2013〕5号` = `[2013]5号`."""
    value = unicodedata.normalize("NFKC", value)
    value = re.sub(r"[〔\[【（(﹝]", "(", value)
    value = re.sub(r"[〕\]】）)﹞]", ")", value)
    return re.sub(r"\s", "", value).lower()


def _out_by(at: dt.datetime) -> LessThanOrEqual:
    """Published by the moment `at`, as nearly everything is: no bound to seek by."""
    moment: models.Field = models.DateTimeField()
    return LessThanOrEqual(RowByRow("published_at", output_field=moment), at)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to_public(self, at: dt.datetime) -> PublicationQuerySet:
        """What anyone may read at the moment `at`: also what was scheduled and has come due."""
        return self.filter(
            _out_by(at), state=State.PUBLISHED, disclosure=Publication.Disclosure.PROACTIVE
        )

    def listed_on_request(self, at: dt.datetime) -> PublicationQuerySet:
        """Records of what can be had on request only (依申请公开目录): named, never shown."""
        return self.filter(
            _out_by(at), state=State.PUBLISHED, disclosure=Publication.Disclosure.ON_REQUEST
        )

    def items(self) -> PublicationQuerySet:
        """The items themselves, without their revisions and earlier versions."""
        return self.filter(revises__isnull=True)

    def for_staff(self, user: User) -> PublicationQuerySet:
        """What `user` may see in the staff area."""
        return self.filter(rights.scope(user, "disclosure.view_publication"))


class Publication(models.Model):
    """An item of the catalogue (目录条目): its record, its text and its attachments."""

    class Validity(models.TextChoices):
        IN_FORCE = "in_force", _("In force")  # 有效
        AMENDED = "amended", _("Amended")  # 已修改
        REPEALED = "repealed", _("Repealed")  # 已废止
        LAPSED = "lapsed", _("Lapsed")  # 已失效

    class Disclosure(models.TextChoices):
        """The disclosure attribute (公开属性), fixed when the document is drafted."""

        PROACTIVE = "proactive", _("Proactive")  # 主动公开
        ON_REQUEST = "on_request", _("On request")  # 依申请公开
        EXEMPT = "exempt", _("Not disclosed")  # 不予公开

    State = State

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="publications", verbose_name=_("agency")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="publications", verbose_name=_("category")
    )
    revises = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        editable=False,
        verbose_name=_("revision of"),
    )
    index_number = models.CharField(
        _("index number"),
        max_length=100,
        db_index=True,
        blank=True,
        validators=[validate_index_number],
        help_text=_("Empty: assigned by the agency's pattern. Older ones are kept as they are."),
    )
    title = models.CharField(_("title"), max_length=300)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    document_number_normal = models.CharField(
        max_length=100, blank=True, editable=False, db_index=True
    )
    document_type = models.CharField(
        _("kind of document"),
        max_length=24,
        choices=DocumentType.choices,
        blank=True,
        help_text=_("Empty: the category's usual kind."),
    )
    date_made = models.DateField(_("date made"), null=True, blank=True)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("A later moment schedules the publication. Empty: now, when published."),
    )
    validity = models.CharField(
        _("validity"), max_length=10, choices=Validity.choices, default=Validity.IN_FORCE
    )
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day in force, where the text itself says one; it lapses by itself."),
    )
    changed_on = models.DateField(
        _("changed on"),
        null=True,
        blank=True,
        help_text=_("Day on which the information changed; the 20 working days run from it."),
    )
    expires_on = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        help_text=_("Day of repeal or lapse: the first on which it is no longer in force."),
    )
    #: An amendment that is decided and whose day had not come when it was; `validity` says it from
    #: the daily job on.
    amended_on = models.DateField(null=True, blank=True, editable=False)
    disclosure = models.CharField(
        _("disclosure attribute"),
        max_length=12,
        choices=Disclosure.choices,
        default=Disclosure.PROACTIVE,
    )
    exempt_ground = models.CharField(
        _("ground for not disclosing"), max_length=24, choices=grounds.CHOICES, blank=True
    )
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    body = models.TextField(_("text"), blank=True)
    keywords = models.CharField(
        _("keywords"), max_length=300, blank=True, help_text=_("Parted by ; or 、")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    withdrawn_reason = models.CharField(
        _("reason for withdrawal"), max_length=300, blank=True, editable=False
    )
    is_tombstone = models.BooleanField(
        _("withdrawn without a word on what it was"), default=False, editable=False
    )
    change_note = models.CharField(
        _("what the public is told of this change"),
        max_length=300,
        blank=True,
        help_text=_("For a revision: what is changed and why. Stands on the public page."),
    )
    #: Grows with each change of content: a sign-off fits one of them alone.
    revision = models.PositiveIntegerField(default=1, editable=False)
    content_hash = models.CharField(
        _("SHA-256 of the content"), max_length=64, blank=True, editable=False
    )
    sign_off = models.ForeignKey(
        "SignOff",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("sign-off"),
    )
    #: 0: never public. A revision that goes out takes the next number.
    version = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    version_at = models.DateTimeField(
        _("this version public since"), null=True, blank=True, editable=False
    )
    published_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("published by"),
    )
    #: Keys of those who wrote this content since it was last public: they do not review it.
    contributors = models.JSONField(default=list, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)
    created_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    #: What the actions note as reason in the history, as it reads.
    history_reasons = {
        **{name: row.label for name, row in TRANSITIONS.items()},
        "import": _("Imported"),
    }

    objects = PublicationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | Q(
                    published_at__isnull=False,
                    version_at__isnull=False,
                    disclosure__in=["proactive", "on_request"],
                    revises__isnull=True,
                ),
                name="publication_public_is_dated_and_disclosable",
                violation_error_message=_(
                    "What is published has a date and is disclosed proactively or on request."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(SEALED), sign_off__isnull=False)
                | (~Q(state__in=sorted(SEALED)) & Q(sign_off__isnull=True)),
                name="publication_sealed_has_sign_off",
                violation_error_message=_("What is out was signed off, a draft is not."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUPERSEDED) | Q(revises__isnull=False),
                name="publication_earlier_version_has_item",
                violation_error_message=_("An earlier version belongs to an item."),
            ),
            models.UniqueConstraint(
                fields=["index_number"],
                condition=Q(revises__isnull=True),
                name="publication_index_number_once",
                violation_error_message=_("This index number is taken."),
            ),
            models.UniqueConstraint(
                fields=["revises"],
                condition=~Q(state__in=[State.SUPERSEDED, State.CLOSED]) & Q(revises__isnull=False),
                name="publication_one_open_revision",
                violation_error_message=_("A revision of this is under way already."),
            ),
            models.CheckConstraint(
                condition=~Q(disclosure="exempt") | ~Q(exempt_ground=""),
                name="publication_exempt_has_ground",
                violation_error_message=_("What is not disclosed needs a ground (Art. 14–16)."),
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="publication_ends_after_start",
                violation_error_message=_("It cannot end before it is in force."),
            ),
            models.CheckConstraint(
                condition=~Q(index_number="") & ~Q(title=""),
                name="publication_has_index_number_and_title",
                violation_error_message=_("A publication needs an index number and a title."),
            ),
        ]
        indexes = [
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="publication_newest",
                condition=Q(state="published"),
            ),
            models.Index(
                F("agency"),
                F("published_at").desc(),
                F("id").desc(),
                name="publication_agency_newest",
                condition=Q(state="published"),
            ),
            models.Index(
                F("category"),
                F("published_at").desc(),
                F("id").desc(),
                name="publication_category_newest",
                condition=Q(state="published"),
            ),
            models.Index(
                F("agency"),
                F("category"),
                F("published_at").desc(),
                F("id").desc(),
                name="publication_column_newest",
                condition=Q(state="published"),
            ),
            models.Index(
                F("document_type"),
                F("published_at").desc(),
                F("id").desc(),
                name="publication_type_newest",
                condition=Q(state="published"),
            ),
            # Few among many: by the newest of all they would be found late.
            models.Index(
                F("validity"),
                F("published_at").desc(),
                F("id").desc(),
                name="publication_no_longer",
                # SQLite sees that one of several `=` is meant, of an `IN` it does not.
                condition=Q(state="published")
                & (Q(validity="amended") | Q(validity="repealed") | Q(validity="lapsed")),
            ),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="publication_on_request",
                condition=Q(state="published", disclosure="on_request"),
            ),
            # Where nothing was revised SQLite takes the key's own index for useless.
            models.Index(
                fields=["revises", "version"],
                name="publication_versions",
                condition=Q(revises__isnull=False),
            ),
            models.Index(fields=["agency", "state", "-updated_at"], name="publication_worklist"),
            # What a text cites by its title (`findings.citing`).
            models.Index(fields=["title"], name="publication_title"),
            models.Index(fields=["id"], name="publication_demo", condition=Q(is_demo=True)),
            models.Index(
                F("version_at").desc(),
                F("id").desc(),
                name="publication_register",
                condition=Q(version__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publication", args=[self.index_number])

    @property
    def keyword_list(self) -> list[str]:
        return [word.strip() for word in re.split(r"[;；、]", self.keywords) if word.strip()]

    def validity_on(self, day: dt.date) -> str:
        """The validity as it stands on a day: what ends later still holds, what has a last day
        lapses by itself, what is to be amended is amended on its day."""
        decided = self.validity in {self.Validity.REPEALED, self.Validity.LAPSED}
        if decided and (self.expires_on is None or self.expires_on <= day):
            return self.validity
        if self.valid_until is not None and self.valid_until < day:
            return self.Validity.LAPSED
        standing = self.Validity.IN_FORCE if decided else self.validity
        is_amended = self.amended_on is not None and self.amended_on <= day
        return self.Validity.AMENDED if is_amended else standing

    @property
    def is_on_request(self) -> bool:
        return self.disclosure == self.Disclosure.ON_REQUEST

    def is_visible(self, at: dt.datetime) -> bool:
        """Whether anyone may read it at `at`; the same rule as `visible_to_public`."""
        return (
            self.state == State.PUBLISHED
            and self.disclosure == self.Disclosure.PROACTIVE
            and self.published_at is not None
            and self.published_at <= at
        )


class Attachment(models.Model):
    """A file of a publication (附件), served only while its publication is visible."""

    agency_path = ("publication", "agency")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="attachments", verbose_name=_("publication")
    )
    file = models.FileField(_("file"), upload_to="publications/%Y/%m", max_length=200)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("kind"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.uuid, self.name])
