"""What is chosen of a request: who asks, how it came, what is wanted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicantKind(models.TextChoices):
    """Who asks: the columns of the annual report's table three."""

    NATURAL_PERSON = "natural_person", _("Natural person")  # 自然人
    ENTERPRISE = "enterprise", _("Enterprise")  # 商业企业
    RESEARCH = "research", _("Research institution")  # 科研机构
    SOCIAL_WELFARE = "social_welfare", _("Social welfare organisation")  # 社会公益组织
    LEGAL_SERVICE = "legal_service", _("Legal service provider")  # 法律服务机构
    OTHER = "other", _("Other organisation")  # 其他


class IntakeChannel(models.TextChoices):
    """How the request came in (Art. 29, 31): decides which day is the day of receipt."""

    ONLINE = "online", _("Online")  # 网上
    IN_PERSON = "in_person", _("In person")  # 当面
    POST = "post", _("Registered post or EMS")  # 挂号信、特快专递
    LETTER = "letter", _("Ordinary letter")  # 平常信函
    FAX = "fax", _("Fax or e-mail")  # 传真、电子邮件
    ORAL = "oral", _("Orally")  # 口头


class Form(models.TextChoices):
    """The form in which the information is wanted (Art. 29(3), 40)."""

    PAPER = "paper", _("Paper")
    ELECTRONIC = "electronic", _("Electronic")
    OTHER = "other", _("Other")


class DeliveryChannel(models.TextChoices):
    """How the answer is to reach the applicant (Art. 29(3))."""

    MAIL = "mail", _("By post")
    EMAIL = "email", _("By e-mail")
    ONLINE = "online", _("Online, on this site")
    IN_PERSON = "in_person", _("Collected in person")
