"""The messages to applicants, with the portal's own texts in both languages.

A message says that something has happened and where to read it: no name, nothing of what was
asked or answered. It is not the letter that the law asks for; that one is on the request's page.
"""

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
    made: tuple[str, ...] = (),
) -> Template:
    """The greeting and the way to the request's page are the same in all of them."""
    return Template(
        key,
        Audience.APPLICANT,
        label,
        Text(
            chinese[0],
            f"您好：\n\n{chinese[1]}\n\n请凭申请编号{{number}}和查询码在此查看：\n{{track_url}}",
        ),
        Text(
            english[0],
            f"Hello,\n\n{english[1]}\n\n"
            "Please look at it here, with the number {number} and your access code:\n{track_url}",
        ),
        given,
        must,
        made,
    )


APPLICANT = (
    _message(
        "submitted",
        _("Request received"),
        (
            "政府信息公开申请{number}已收到",
            (
                "您向{agency}提交的政府信息公开申请已收到，编号为{number}，收到日期为{date}。"
                "查询码已在提交时显示，请妥善保管，本平台不会通过邮件或电话索要。"
            ),
        ),
        (
            "Your request {number} has been received",
            (
                "Your request to {agency} has been received. Its number is {number}, the day of "
                "receipt {date}. The access code was shown when you submitted it: please keep it; "
                "nobody will ask you for it by e-mail or telephone."
            ),
        ),
        given=("date",),
    ),
    _message(
        "registered",
        _("Request registered"),
        (
            "政府信息公开申请{number}已登记",
            (
                "您的政府信息公开申请{number}已由{agency}登记，正在办理。答复期限至{due}。"
                "期限如依法中止、延长或者重新计算，我们会另行告知。"
            ),
        ),
        (
            "Your request {number} has been registered",
            (
                "{agency} has registered your request {number} and is working on it. The answer is "
                "due by {due}. You will be told if that day moves."
            ),
        ),
        given=("due",),
    ),
    _message(
        "correction_asked",
        _("Correction asked for"),
        (
            "政府信息公开申请{number}需要补正",
            (
                "您的申请{number}内容不够明确，{agency}请您在{date}前补正（含当日）。需要补正的事项见补正告知书。"
                "无正当理由逾期不补正的，视为放弃申请（《政府信息公开条例》第三十条）。"
            ),
        ),
        (
            "Your request {number} needs a correction",
            (
                "Your request {number} is not clear enough. {agency} asks you to correct it by "
                "{date}. What to correct is said in the notice. Without a good reason, a request "
                "that is not corrected in time is taken as given up (Art. 30 of the Regulation)."
            ),
        ),
        given=("date",),
        must=("date",),
    ),
    _message(
        "corrected",
        _("Correction received"),
        (
            "政府信息公开申请{number}的补正材料已收到",
            "{agency}已收到您对申请{number}的补正，答复期限自收到补正之日起重新计算，至{due}。",
        ),
        (
            "Your correction of request {number} has been received",
            (
                "{agency} has received your correction of request {number}. The time limit begins "
                "anew; the answer is due by {due}."
            ),
        ),
        given=("due",),
    ),
    _message(
        "third_party_asked",
        _("Others are asked for their opinion"),
        (
            "政府信息公开申请{number}正在征求意见",
            (
                "您申请的信息涉及其他方的合法权益或者其他机关，{agency}正在依法征求意见，"
                "所需时间不计算在答复期限内（《政府信息公开条例》第三十三条）。"
            ),
        ),
        (
            "Opinions are being asked for on your request {number}",
            (
                "What you ask for concerns others. {agency} is asking for their opinion as the law "
                "requires; that time is not counted (Art. 33 of the Regulation)."
            ),
        ),
    ),
    _message(
        "extended",
        _("Answer extended"),
        (
            "政府信息公开申请{number}延期答复",
            "{agency}依法延长了申请{number}的答复期限，延长后的期限至{due}。",
        ),
        (
            "The answer to your request {number} will take longer",
            (
                "{agency} has extended the time for the answer to request {number}, as the law "
                "allows. It is now due by {due}."
            ),
        ),
        given=("due",),
        must=("due",),
    ),
    _message(
        "delayed",
        _("Answer delayed"),
        (
            "政府信息公开申请{number}将延迟答复",
            (
                "您的申请{number}在规定期限内不能答复，{agency}依法确定延迟答复的合理期限，至{due}"
                "（《政府信息公开条例》第三十五条）。"
            ),
        ),
        (
            "The answer to your request {number} is delayed",
            (
                "Request {number} cannot be answered within the time limit. {agency} has fixed a "
                "reasonable delay, until {due} (Art. 35 of the Regulation)."
            ),
        ),
        given=("due",),
        must=("due",),
    ),
    _message(
        "reasons_asked",
        _("Reasons asked for"),
        (
            "请说明政府信息公开申请{number}的理由",
            "{agency}请您说明申请{number}的理由（《政府信息公开条例》第三十五条）。具体要求见说明理由告知书。",
        ),
        (
            "Please give the reasons for your request {number}",
            (
                "{agency} asks you for the reasons of your request {number} (Art. 35 of the "
                "Regulation). The notice says more."
            ),
        ),
    ),
    _message(
        "fee_notified",
        _("Fee notice issued"),
        (
            "政府信息公开申请{number}的收费通知",
            (
                "{agency}已就申请{number}发出信息处理费收费通知，请于{date}前缴纳（含当日）。金额、依据和缴纳方式见通知书。"
                "逾期未缴纳的，视为放弃申请。我们不会通过邮件或者短信索要银行卡信息。"
            ),
        ),
        (
            "A fee notice for your request {number}",
            (
                "{agency} has issued a notice of the processing fee for request {number}. Please "
                "pay by {date}; amount, basis and way of paying are in the notice. A request "
                "whose fee is not paid in time is taken as given up. Nobody will ask you for card "
                "details by e-mail or text message."
            ),
        ),
        given=("date",),
        must=("date",),
    ),
    _message(
        "fee_paid",
        _("Fee received"),
        (
            "政府信息公开申请{number}的费用已收到",
            "{agency}已收到申请{number}的信息处理费，答复期限自缴费之日起重新计算，至{due}。",
        ),
        (
            "The fee for your request {number} has been received",
            (
                "{agency} has received the fee for request {number}. The time limit begins anew; "
                "the answer is due by {due}."
            ),
        ),
        given=("due",),
    ),
    _message(
        "answered",
        _("Request answered"),
        (
            "政府信息公开申请{number}已答复",
            "{agency}已对您的申请{number}作出答复。",
        ),
        (
            "Your request {number} has been answered",
            "{agency} has answered your request {number}.",
        ),
    ),
    _message(
        "delivered",
        _("Answer delivered"),
        (
            "政府信息公开申请{number}的答复已送达",
            "申请{number}的答复已于{date}送达。如有异议，救济途径和期限见答复书。",
        ),
        (
            "The answer to your request {number} has been delivered",
            (
                "The answer to request {number} was delivered on {date}. If you disagree, the "
                "answer says where you can turn and by when."
            ),
        ),
        given=("date",),
    ),
    _message(
        "withdrawn",
        _("Request withdrawn"),
        (
            "政府信息公开申请{number}已撤回",
            "您的申请{number}已撤回，{agency}不再办理。如非您本人意愿，请尽快与{agency}联系。",
        ),
        (
            "Your request {number} has been withdrawn",
            (
                "Your request {number} has been withdrawn; {agency} will not go on with it. If "
                "that was not your wish, please get in touch with {agency} soon."
            ),
        ),
    ),
    _message(
        "split",
        _("Request split"),
        (
            "政府信息公开申请{number}已分开办理",
            (
                "您的申请{number}包含多个事项，{agency}分开办理，新增编号：{numbers}。"
                "各部分均可凭原编号和查询码查看。"
            ),
        ),
        (
            "Your request {number} is handled in parts",
            (
                "Your request {number} asks for several things. {agency} handles them apart; the "
                "new numbers are {numbers}. You see all parts with the first number and its code."
            ),
        ),
        given=("numbers",),
    ),
    _message(
        "merged",
        _("Request merged"),
        (
            "政府信息公开申请{number}已合并办理",
            "您的申请{number}与申请{numbers}内容相同，{agency}已合并办理。",
        ),
        (
            "Your request {number} has been joined with another one",
            "Your request {number} asks for the same as {numbers}. {agency} handles them together.",
        ),
        given=("numbers",),
    ),
    _message(
        "transferred",
        _("Request sent to another agency"),
        (
            "政府信息公开申请{number}已转由其他机关办理",
            "您申请的信息不属于{agency}负责公开，申请{number}已转由{other_agency}办理，新编号：{numbers}。",
        ),
        (
            "Your request {number} has been sent to another agency",
            (
                "What you ask for is not {agency}'s to disclose. Request {number} has been sent to "
                "{other_agency}; its number there is {numbers}."
            ),
        ),
        given=("other_agency", "numbers"),
        must=("other_agency",),
    ),
    _message(
        "reopened",
        _("Request reopened"),
        (
            "政府信息公开申请{number}重新办理",
            "根据复议决定、判决或者自行纠正，{agency}将重新答复申请{number}，期限至{due}。",
        ),
        (
            "Your request {number} is being answered anew",
            (
                "After a decision of reconsideration, a judgment, or on its own initiative, "
                "{agency} will answer request {number} anew, by {due}."
            ),
        ),
        given=("due",),
    ),
    _message(
        "calendar_moved",
        _("Later answer after a calendar change"),
        (
            "政府信息公开申请{number}的答复期限有变化",
            "国家公布的放假安排有调整，申请{number}的答复期限由{old_due}相应变为{due}。",
        ),
        (
            "The last day for the answer to your request {number} has moved",
            (
                "The official working days have changed. The answer to request {number} was due by "
                "{old_due}; it is now due by {due}."
            ),
        ),
        given=("old_due", "due"),
        must=("due",),
    ),
    _message(
        "code_renewed",
        _("New access code made"),
        (
            "政府信息公开申请{number}的查询码已更换",
            "申请{number}的查询码已于{date}更换，原查询码不再有效。如非您本人申请，请尽快与{agency}联系。",
        ),
        (
            "Your request {number} has a new access code",
            (
                "A new access code was made for request {number} on {date}; the old one is no "
                "longer valid. If you did not ask for it, please get in touch with {agency} soon."
            ),
        ),
        given=("date",),
    ),
    _message(
        "code_link",
        _("Link for a new access code"),
        (
            "政府信息公开申请{number}：获取新查询码",
            (
                "有人为申请{number}请求新的查询码。请打开下面的链接并确认，新查询码将在页面上显示一次：\n{code_url}\n\n"
                "链接一小时内有效，只能使用一次。如非您本人操作，请忽略本邮件，原查询码继续有效。"
            ),
        ),
        (
            "A new access code for your request {number}",
            (
                "Somebody has asked for a new access code for request {number}. Please open this "
                "link and confirm; the new code is then shown once:\n{code_url}\n\n"
                "The link holds for one hour and one use. If it was not you, please ignore this "
                "message: the present code stays valid."
            ),
        ),
        must=("code_url",),
        made=("code_url",),
    ),
    _message(
        "closed",
        _("Request closed"),
        (
            "政府信息公开申请{number}已办结",
            "您的申请{number}已办结。答复仍可在网上查看。",
        ),
        (
            "Your request {number} is closed",
            "Your request {number} is closed. The answer stays readable.",
        ),
    ),
)
