"""The fields of letters: what each means, and an example for previews. Pure.

Which letter has which is said by its kind (`kinds`); examples are Chinese as letters are.
"""

from dataclasses import dataclass

from disclosure.core.text import gettext_noop as _


@dataclass(frozen=True)
class FieldText:
    """What a field stands for, and what stands in its place in a preview."""

    label: str
    example: str


FIELDS: dict[str, FieldText] = {
    "you": FieldText(_("How the applicant is addressed: 你 or 你单位"), "你"),
    "received": FieldText(_("Day on which the request was received"), "2026年3月2日"),
    "request_number": FieldText(_("Number of the request"), "SL-2026-0001"),
    "subject": FieldText(_("What the request is about"), "示例河综合治理工程环境影响评价批复"),
    "agency": FieldText(_("The agency's full name"), "示例市生态环境局"),
    "text": FieldText(_("What staff write for this letter"), "此处为经办人填写的内容。"),
    "until": FieldText(_("The day by which something has to happen"), "2026年3月20日"),
    "days": FieldText(_("Working days of the extension"), "10"),
    "article": FieldText(_("Article on which others are asked: 第三十二条 …"), "第三十二条"),
    "amount": FieldText(_("The fee in yuan"), "100"),
    "explanation": FieldText(
        _("How the fee is worked out, line by line"),
        "本月第11件申请，按件收费：100元。",
    ),
    "payment": FieldText(_("How to pay, as staff write it"), "转账至示例市财政局非税收入专户。"),
    "points": FieldText(_("What is decided on each point, in the wordings of determinations"), ""),
    "closing": FieldText(_("What staff add at the end of the answer"), ""),
    "remedy": FieldText(_("The paragraph on remedies, as the law has it for this letter"), ""),
    "asked": FieldText(_("What the point asks for"), "环境影响评价批复"),
    "how": FieldText(_("How it is provided"), "有关信息随本答复书提供。"),
    "place": FieldText(_("Where it is public"), "本机关网站“法定主动公开内容”栏目。"),
    "reasons": FieldText(_("The reasons, as staff write them"), "此处为经办人填写的理由。"),
    "grounds": FieldText(
        _("Article and ground of what is withheld"), "第十六条第二款（过程性信息）"
    ),
    "withheld": FieldText(_("What is withheld"), "专家组讨论记录"),
    "search": FieldText(_("How it was searched"), "已检索档案室和业务系统，未查到相关记录。"),
    "responsible": FieldText(
        _("The responsible agency with its contact"), "示例市水务局，电话：010-00000000。"
    ),
    "earlier": FieldText(_("Number and day of the earlier answer"), "示公开〔2026〕答1号"),
    "rules": FieldText(_("The rules that apply instead"), "《不动产登记资料查询暂行办法》。"),
    "where": FieldText(_("Where to turn"), "示例市信访局，电话：010-00000001。"),
}
