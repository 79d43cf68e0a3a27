"""The disclosure catalogue (目录): categories, and each agency's guide and rules."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from treebeard.mp_tree import MP_Node


class DocumentType(models.TextChoices):
    """The kind of document (文种): what an item is, apart from what it is about."""

    REGULATION = "regulation", _("Regulation or rules")  # 法规规章
    NORMATIVE = "normative_document", _("Normative document")  # 行政规范性文件
    POLICY = "policy", _("Other policy document")  # 其他政策文件
    INTERPRETATION = "interpretation", _("Policy interpretation")  # 政策解读
    PLAN = "plan", _("Plan")  # 规划计划
    STATISTICS = "statistics", _("Statistics")  # 统计信息
    SERVICE_GUIDE = "service_guide", _("Service guide")  # 办事指南
    LICENCE = "licence", _("Licence decision")  # 行政许可决定
    PENALTY = "penalty", _("Penalty decision")  # 行政处罚决定
    COERCION = "coercive_measure", _("Coercive measure decision")  # 行政强制决定
    BUDGET = "budget", _("Budget or final accounts")  # 预算决算
    FEES = "fees", _("Fee list")  # 收费目录
    PROCUREMENT = "procurement", _("Procurement notice")  # 政府采购
    PROJECT = "project", _("Project information")  # 重大项目
    PERSONNEL = "personnel", _("Recruitment and appointments")  # 人事信息
    INSPECTION = "inspection", _("Inspection result")  # 监督检查
    EMERGENCY = "emergency", _("Emergency plan or warning")  # 应急管理
    ORGANISATION = "organisation", _("Organisation and functions")  # 机构职能
    ANNOUNCEMENT = "announcement", _("Announcement")  # 公告通知
    GUIDE = "guide", _("Guide to disclosure")  # 信息公开指南
    RULE = "rule", _("Rule on disclosure")  # 信息公开制度
    OTHER = "other", _("Other")  # 其他


class Category(MP_Node):
    """A subject category (主题分类) of the catalogue, with the article that asks for it."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    article = models.CharField(_("article"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    document_type = models.CharField(
        _("usual kind of document"),
        max_length=24,
        choices=DocumentType.choices,
        default=DocumentType.OTHER,
    )
    is_active = models.BooleanField(_("in use"), default=True)

    history = HistoricalRecords(excluded_fields=["path", "depth", "numchild"])

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('catalogue')}?category={self.code}"

    @property
    def local_name(self) -> str:
        """The name in the reader's language; Chinese where there is no English one."""
        if (get_language() or "").startswith("en") and self.name_en:
            return self.name_en
        return self.name


class Guide(models.Model):
    """An agency's guide to disclosure (信息公开指南, Art. 12): the working text, in parts.

    What the public reads of it is `publication`; contact data are the agency's own.
    """

    PARTS = ("classification", "arrangement", "how_to_obtain", "how_to_request", "remedies")
    category_code = "disclosure-guides"
    document_type = DocumentType.GUIDE

    agency = models.OneToOneField(
        "disclosure.Agency", models.CASCADE, related_name="guide", verbose_name=_("agency")
    )
    publication = models.OneToOneField(
        "disclosure.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guide",
        editable=False,
        verbose_name=_("publication"),
    )
    classification = models.TextField(_("classification of the information"), blank=True)
    arrangement = models.TextField(_("arrangement"), blank=True)
    how_to_obtain = models.TextField(_("how to obtain public information"), blank=True)
    how_to_request = models.TextField(_("how to request information"), blank=True)
    remedies = models.TextField(_("complaints and remedies"), blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def __str__(self) -> str:
        return f"{self.agency} · {self._meta.verbose_name}"

    def get_absolute_url(self) -> str:
        return reverse("agency-guide", args=[self.agency.code])


class Rule(models.Model):
    """One of an agency's rules on disclosure (信息公开制度): the address at which it stands.

    Title, text, date and files are those of `publication`.
    """

    category_code = "disclosure-rules"
    document_type = DocumentType.RULE

    agency = models.ForeignKey(
        "disclosure.Agency", models.CASCADE, related_name="rules", verbose_name=_("agency")
    )
    slug = models.SlugField(_("address part"), max_length=60)
    publication = models.OneToOneField(
        "disclosure.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rule",
        editable=False,
        verbose_name=_("publication"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["agency", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "slug"],
                name="rule_slug_once",
                violation_error_message=_("This agency already has a rule at this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.publication.title if self.publication else self.slug

    def get_absolute_url(self) -> str:
        return reverse("agency-rule", args=[self.agency.code, self.slug])
