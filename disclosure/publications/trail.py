"""The trail of the way out: sign-offs, steps, confidentiality reviews; added, never changed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disclosure import grounds
from disclosure.agencies.models import User
from disclosure.publications.models import Publication


class SignOff(models.Model):
    """A sign-off (签发): who answers for exactly this content going out. Never changed.

    A blanket one (`is_blanket`) covers what one import takes over from where it was public
    already, until it is closed at the import's end; a named person answers for it.
    """

    agency_path = ("publication", "agency")

    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_offs",
        verbose_name=_("publication"),
    )
    revision = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("author")
    )
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("reviewed by")
    )
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by")
    )
    signed_at = models.DateTimeField(_("signed off at"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_blanket = models.BooleanField(_("blanket sign-off of an import"), default=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_blanket=True, publication__isnull=True)
                | Q(is_blanket=False, publication__isnull=False, closed_at__isnull=True),
                name="sign_off_of_one_or_of_an_import",
                violation_error_message=_("A sign-off is of one item or of an import."),
            ),
            models.CheckConstraint(
                condition=Q(is_blanket=True)
                | Q(signed_by__isnull=False, reviewed_by__isnull=False),
                name="sign_off_names_people",
                violation_error_message=_("A sign-off names who reviewed and who signed."),
            ),
            # A null compares as unknown, which a constraint lets pass.
            models.CheckConstraint(
                condition=~Q(signed_by=F("reviewed_by"))
                & ~Q(signed_by=F("written_by"))
                & ~Q(reviewed_by=F("written_by")),
                name="sign_off_by_three",
                violation_error_message=_(
                    "Who wrote it neither reviews it nor signs it off, and who reviewed it does "
                    "not sign it off."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_by or '–'} {self.signed_at:%Y-%m-%d}"


class PublicationEvent(models.Model):
    """A step that was taken with a publication; added, never changed."""

    agency_path = ("publication", "agency")

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="events", verbose_name=_("publication")
    )
    step = models.CharField(_("step"), max_length=24)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"))
    revision = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    #: The reason or the opinion that was given, for colleagues.
    note = models.CharField(_("note"), max_length=1000, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.step


class ConfidentialityReview(models.Model):
    """One confidentiality review (保密审查, Art. 17) of exactly one content; never changed."""

    agency_path = ("publication", "agency")

    class Conclusion(models.TextChoices):
        PASSED = "passed", _("Can be disclosed")  # 可以公开
        REFERRED = "referred", _("Unsure: the secrecy authority was asked")  # 报有关主管部门确定
        REFUSED = "refused", _("Not to be disclosed")  # 不予公开
        RETURNED = "returned", _("Returned to be mended")  # 退回修改

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="reviews", verbose_name=_("publication")
    )
    revision = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, blank=True)
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("reviewer")
    )
    reviewed_at = models.DateTimeField(_("reviewed at"))
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion.choices)
    #: Question → "yes" (in order), "no" or "na", of `review.CHECKLIST`.
    checklist = models.JSONField(_("checklist"), default=dict)
    ground = models.CharField(_("ground"), max_length=24, choices=grounds.CHOICES, blank=True)
    note = models.CharField(_("opinion"), max_length=1000, blank=True)
    authority = models.CharField(_("authority asked"), max_length=120, blank=True)
    authority_answer = models.CharField(_("the authority's answer"), max_length=500, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("confidentiality review")
        verbose_name_plural = _("confidentiality reviews")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(conclusion="refused") | ~Q(ground=""),
                name="review_refusal_has_ground",
                violation_error_message=_("What is not disclosed needs a ground (Art. 14–16)."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_conclusion_display()
