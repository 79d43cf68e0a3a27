"""Agencies (行政机关) as a tree, their inner offices, staff and the roles they hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from treebeard.mp_tree import MP_Node

from disclosure.agencies.roles import Role
from disclosure.core.identities import validate_social_credit_code

CODE = RegexValidator(
    r"^[A-Z0-9]{2,16}$", _("Use 2 to 16 capital letters or digits, without spaces or marks.")
)


class Agency(MP_Node):
    """An administrative agency (行政机关) or an organisation that discloses like one (Art. 54, 55).

    Its place in the tree says who supervises it. Never deleted once something hangs on it.
    """

    class Kind(models.TextChoices):
        """What it is: decides due dates (Art. 49), remedies (Art. 51) and whose clock runs."""

        GOVERNMENT = "government", _("People's government")
        DEPARTMENT = "department", _("Department of a government")
        VERTICAL = "vertical", _("Vertically led agency")
        BRANCH = "branch", _("Branch office")
        AUTHORISED = "authorised", _("Organisation authorised by law (Art. 54)")
        PUBLIC_BODY = "public_body", _("Public enterprise or institution (Art. 55)")

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County")
        TOWNSHIP = "township", _("Township")

    code = models.CharField(
        _("code"),
        max_length=16,
        unique=True,
        validators=[CODE],
        help_text=_("Part of request numbers and addresses; not to be changed later."),
    )
    name = models.CharField(_("full name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    aliases = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One a line: names under which it appears in documents and imports."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.DEPARTMENT)
    level = models.CharField(
        _("level"), max_length=16, choices=Level.choices, default=Level.PROVINCE
    )
    social_credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        validators=[validate_social_credit_code],
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("An abolished agency stays readable, but closed.")
    )
    accepts_requests = models.BooleanField(
        _("accepts requests"),
        default=True,
        help_text=_("Acts externally in its own name, so anyone may ask it (Art. 27)."),
    )

    # Contact (Art. 12, 20(2))
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    hours = models.CharField(_("office hours"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    fax = models.CharField(_("fax"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    head_name = models.CharField(_("name of the head"), max_length=60, blank=True)
    officer_name = models.CharField(
        _("disclosure officer"),
        max_length=60,
        blank=True,
        help_text=_("Who collects and sends in what is to be disclosed."),
    )
    functions = models.TextField(_("functions"), blank=True, help_text=_("Art. 20(2)"))

    # The site (国办发〔2017〕47号)
    site_name = models.CharField(_("site name"), max_length=100, blank=True)
    site_domain = models.CharField(_("site domain"), max_length=100, blank=True)
    site_id_code = models.CharField(_("site identification code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP number"), max_length=40, blank=True)
    police_number = models.CharField(_("public security number"), max_length=40, blank=True)
    badge_url = models.URLField(
        _("badge address"),
        blank=True,
        help_text=_("Where the badge of Party and government websites leads."),
    )
    fault_url = models.URLField(
        _("fault report address"),
        blank=True,
        help_text=_("Where readers report a fault in the site."),
    )

    index_number_pattern = models.CharField(
        _("index number pattern"),
        max_length=100,
        default="{agency}/{year}-{serial:05d}",
        help_text=_(
            "Fields: {agency} code, {credit_code}, {category} code, {year}, {month:02d}, "
            "{serial:05d}."
        ),
    )

    history = HistoricalRecords(excluded_fields=["path", "depth", "numchild"])

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agency", args=[self.code])

    @property
    def local_name(self) -> str:
        """The name in the reader's language; Chinese where there is no English one."""
        if (get_language() or "").startswith("en") and self.name_en:
            return self.name_en
        return self.name

    @property
    def takes_requests(self) -> bool:
        """Whether anyone may ask it under the Regulation (Art. 27); a public enterprise or
        institution discloses by rules of its own (Art. 55)."""
        return self.is_active and self.accepts_requests and self.kind != self.Kind.PUBLIC_BODY

    @property
    def all_names(self) -> list[str]:
        """Every name under which it is known, the full one first."""
        names = [self.name, self.short_name, *self.aliases.splitlines()]
        return [name.strip() for name in names if name.strip()]


class Office(models.Model):
    """An inner office (内设机构) of an agency; one is its disclosure office (Art. 4)."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="offices", verbose_name=_("agency")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    functions = models.TextField(_("functions"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    is_disclosure_office = models.BooleanField(
        _("disclosure office"),
        default=False,
        help_text=_("Does the agency's daily disclosure work (Art. 4)."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("inner office")
        verbose_name_plural = _("inner offices")
        ordering = ["agency", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="office_name_once",
                violation_error_message=_("This agency already has an office of this name."),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(is_disclosure_office=True),
                name="office_one_disclosure_office",
                violation_error_message=_("This agency already has a disclosure office."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(username, password, is_superuser=True, **fields)


#: Fields of a person that the history does not keep.
UNTRACKED = frozenset({"password", "last_login"})


class User(AbstractBaseUser):
    """A member of staff. Rights come from role assignments alone, never from Django groups."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", _("Letters, digits and @ . + - _ only."))],
        error_messages={"unique": _("A user with this name already exists.")},
    )
    full_name = models.CharField(_("personal name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch off instead of deleting.")
    )
    is_superuser = models.BooleanField(
        _("platform administrator"),
        default=False,
        help_text=_("Holds the platform administrator's role for every agency, and no other."),
    )
    date_joined = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=sorted(UNTRACKED))

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What the history leaves out (each sign-in, say) makes no version in it."""
        fields = kwargs.get("update_fields")
        if fields is None or not set(fields) <= UNTRACKED:
            return super().save(*args, **kwargs)
        self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def is_staff(self) -> bool:
        """May enter the staff area: holds any role at all."""
        from disclosure.agencies import rights

        return self.is_active and rights.holds_any_role(self)

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether the table of rights lets this person do `perm` (on `obj`, where given)."""
        from disclosure.agencies import rights

        return rights.allows(self, perm, obj)

    def has_perms(self, perms: Iterable[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        from disclosure.agencies import rights

        return rights.allows_any_in(self, app_label)


class RoleAssignment(models.Model):
    """One role of one person at one agency, with or without the agencies below it."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="assignments", verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    with_descendants = models.BooleanField(_("with the agencies below"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        ordering = ["user", "agency", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                name="roleassignment_once",
                violation_error_message=_("This person already holds this role there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.agency}"
