"""The roles that staff hold at agencies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role (角色); what each may do is declared in the apps' `permissions` modules."""

    EDITOR = "editor", _("Editor")  # 编辑
    REVIEWER = "reviewer", _("Confidentiality reviewer")  # 保密审查员
    PUBLISHER = "publisher", _("Publisher")  # 发布员
    HANDLER = "handler", _("Request handler")  # 依申请公开经办人
    HEAD = "head", _("Head of the disclosure office")  # 公开工作机构负责人
    REPORTER = "reporter", _("Disclosure officer")  # 信息员
    AUDITOR = "auditor", _("Auditor")  # 监督员
    PLATFORM_ADMIN = "platform_admin", _("Platform administrator")  # 平台管理员
