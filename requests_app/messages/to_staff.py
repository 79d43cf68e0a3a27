"""The messages to staff, with the portal's own texts in both languages."""

from disclosure.core.text import gettext_noop as _
from requests_app.messages.templates import Audience, Template, Text


def _message(
    key: str,
    label: str,
    chinese: tuple[str, str],
    english: tuple[str, str],
    *,
    given: tuple[str, ...] = (),
    must: tuple[str, ...] = (),
) -> Template:
    return Template(
        key,
        Audience.STAFF,
        label,
        Text(chinese[0], f"{chinese[1]}\n\n办理页面：\n{{case_url}}"),
        Text(english[0], f"{english[1]}\n\nThe case:\n{{case_url}}"),
        given,
        must,
    )


STAFF = (
    _message(
        "reminder_due",
        _("Reminder: the answer is due soon"),
        (
            "申请{number}答复期限剩余{days}个工作日",
            "申请{number}的答复期限至{due}，还剩{days}个工作日。",
        ),
        (
            "Request {number}: working days left: {days}",
            "The answer to request {number} is due by {due}. Working days left: {days}.",
        ),
        given=("due", "days"),
        must=("due",),
    ),
    _message(
        "reminder_overdue",
        _("Reminder: the answer is overdue"),
        (
            "申请{number}已超过答复期限",
            "申请{number}的答复期限为{due}，已超过{days}个工作日，请立即办理。",
        ),
        (
            "Request {number} is overdue",
            (
                "The answer to request {number} was due by {due}. Working days overdue: {days}. "
                "Please deal with it at once."
            ),
        ),
        given=("due", "days"),
        must=("due",),
    ),
    _message(
        "assigned",
        _("Case assigned"),
        ("申请{number}已分配给您办理", "申请{number}由您承办。"),
        ("Request {number} is yours", "You are now the handler of request {number}."),
    ),
    _message(
        "review_wanted",
        _("Draft to be reviewed"),
        ("申请{number}的答复待审核", "申请{number}的答复草稿等待您审核。"),
        (
            "Request {number}: a draft waits for your review",
            "The draft answer to request {number} waits for your review.",
        ),
    ),
    _message(
        "approval_wanted",
        _("Decision to be approved"),
        ("申请{number}待您审批", "申请{number}有事项等待您审批。"),
        (
            "Request {number} waits for your approval",
            "Something in request {number} waits for your approval.",
        ),
    ),
    _message(
        "returned",
        _("Draft returned"),
        ("申请{number}的草稿被退回", "申请{number}的草稿被退回修改，意见见办理页面。"),
        (
            "Request {number}: the draft came back",
            "The draft of request {number} was returned; the case says why.",
        ),
    ),
    _message(
        "task_asked",
        _("Task asked of an office"),
        ("申请{number}请您协助", "申请{number}请您协助办理，请于{date}前回复（含当日）。"),
        (
            "Request {number}: your help is asked for",
            "Your help is asked for in request {number}. Please reply by {date}.",
        ),
        given=("date",),
        must=("date",),
    ),
    _message(
        "task_chased",
        _("Task chased"),
        ("申请{number}的协助事项催办", "申请{number}的协助事项应于{date}前回复，请尽快办理。"),
        (
            "Request {number}: your reply is awaited",
            "Your reply in request {number} was asked for by {date}. Please see to it soon.",
        ),
        given=("date",),
        must=("date",),
    ),
    _message(
        "calendar_moved_staff",
        _("Date moved by a calendar change"),
        (
            "申请{number}的答复期限有变化",
            "放假安排有调整，申请{number}的答复期限由{old_due}变为{due}。",
        ),
        (
            "Request {number}: the last day has moved",
            (
                "The official working days have changed. The answer to request {number} was due by "
                "{old_due}; it is now due by {due}."
            ),
        ),
        given=("old_due", "due"),
        must=("due",),
    ),
    Template(
        "report_reminder",
        Audience.STAFF,
        _("Reminder of the annual report by an agency above"),
        Text(
            "催报：{agency}{year}年政府信息公开工作年度报告",
            "{agency}{year}年政府信息公开工作年度报告尚未公布，应于{date}前公布。"
            "上级机关已催报，详见管理首页。\n\n管理首页：\n{case_url}",
        ),
        Text(
            "Reminder: annual report of {agency} on {year}",
            "The annual report of {agency} on {year} is not published yet; its last day is {date}. "
            "An agency above has sent a reminder: see the start page.\n\n{case_url}",
        ),
        given=("year", "date"),
        must=("year", "date"),
        is_of_request=False,
    ),
)
