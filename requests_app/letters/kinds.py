"""The letters that the law and practice know (告知书、答复书等), declared once. Pure.

A wording is a text of lines, each a paragraph; `{field}` stands for what the case gives. The
wordings are Chinese because the letters are; an agency may have its own (`LetterWording`).
"""

from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _
from requests_app.determination import DETERMINATIONS


class To(StrEnum):
    """Whom a letter is for."""

    APPLICANT = "applicant"
    PARTY = "party"
    OFFICE = "office"
    AGENCY = "agency"


@dataclass(frozen=True)
class Kind:
    """A kind of letter: title and sign of its number, the fields its wording may and must have.

    `cites` are the articles that it has to name, `says` what else the law has it say in so many
    words, whoever words it.
    """

    key: str
    label: str
    to: To
    title: str
    sign: str
    wording: str
    must: frozenset[str]
    may: frozenset[str]
    article: str = ""
    cites: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    @property
    def is_for_applicant(self) -> bool:
        return self.to is To.APPLICANT

    @property
    def fields(self) -> frozenset[str]:
        return self.must | self.may


#: What every letter to the applicant may name.
COMMON = frozenset({"you", "received", "request_number", "subject", "agency"})
#: Those outside learn nothing of who asks and how; our own offices and who answers instead do.
_NAMED = {
    To.APPLICANT: COMMON,
    To.PARTY: frozenset({"received", "agency"}),
    To.OFFICE: COMMON - {"you"},
    To.AGENCY: COMMON - {"you"},
}
#: Fields that become paragraphs of their own, so that they stand alone on their line.
BLOCKS = frozenset({"points", "remedy"})


def _kind(
    key: str,
    label: str,
    to: To,
    title: str,
    sign: str,
    must: str,
    *lines: str,
    may: str = "",
    article: str = "",
    cites: str = "",
    says: tuple[str, ...] = (),
) -> Kind:
    return Kind(
        key,
        label,
        to,
        title,
        sign,
        "\n".join(lines),
        frozenset(must.split()),
        frozenset(may.split()) | _NAMED[to],
        article,
        tuple(cites.split()),
        says,
    )


_OPENING = (
    "{received}，本机关收到{you}提出的政府信息公开申请（申请编号：{request_number}），"
    "申请内容为“{subject}”。"
)
_REGULATION = "《中华人民共和国政府信息公开条例》"

KINDS: dict[str, Kind] = {
    row.key: row
    for row in (
        _kind(
            "correction",
            _("Request to correct"),
            To.APPLICANT,
            "政府信息公开申请补正告知书",
            "补",
            "text until",
            _OPENING,
            f"经审查，{{you}}的申请内容不明确。根据{_REGULATION}第三十条的规定，请{{you}}对申请作如下补正：",
            "{text}",
            "请于{until}前（含当日）将补正材料送交本机关，答复期限自本机关收到补正的申请之日起计算。"
            "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
            article="30",
            cites="30",
        ),
        _kind(
            "reasons",
            _("Request to give reasons"),
            To.APPLICANT,
            "政府信息公开申请说明理由告知书",
            "由",
            "text until",
            _OPENING,
            f"{{you}}申请公开政府信息的数量、频次明显超过合理范围。根据{_REGULATION}第三十五条的规定，"
            "请{you}说明理由：",
            "{text}",
            "请于{until}前（含当日）将书面说明送交本机关。本机关认为申请理由不合理的，"
            "将告知{you}不予处理；认为申请理由合理，但是无法在该条例第三十三条规定的期限内答复的，"
            "将确定延迟答复的合理期限并告知{you}。",
            article="35",
            cites="35",
        ),
        _kind(
            "extension",
            _("Notice of extension"),
            To.APPLICANT,
            "政府信息公开申请延期答复告知书",
            "延",
            "text days until",
            _OPENING,
            "因下列原因，本机关不能按期作出答复：",
            "{text}",
            f"根据{_REGULATION}第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，"
            "延长答复期限{days}个工作日，本机关将于{until}前（含当日）作出答复。",
            article="33",
            cites="33",
        ),
        _kind(
            "delay",
            _("Notice of a reasonable delay"),
            To.APPLICANT,
            "政府信息公开申请延迟答复告知书",
            "缓",
            "text until",
            _OPENING,
            f"经审查，{{you}}的申请理由合理，但是本机关无法在{_REGULATION}第三十三条规定的期限内答复：",
            "{text}",
            "根据该条例第三十五条的规定，本机关确定延迟至{until}前（含当日）作出答复。",
            article="35",
            cites="35",
        ),
        _kind(
            "consulting",
            _("Notice that others are asked"),
            To.APPLICANT,
            "政府信息公开征求意见告知书",
            "告",
            "article",
            _OPENING,
            f"因申请内容需要征求有关方面的意见，根据{_REGULATION}{{article}}的规定，本机关已发出征求意见书。",
            "根据该条例第三十三条第三款的规定，征求意见所需时间不计算在答复期限内。",
            article="33",
            cites="33",
        ),
        _kind(
            "third_party",
            _("Letter to a third party"),
            To.PARTY,
            "政府信息公开征求第三方意见书",
            "征",
            "text",
            "本机关收到一件政府信息公开申请，所申请的信息涉及你（单位）：",
            "{text}",
            f"根据{_REGULATION}第三十二条的规定，现征求你（单位）的意见。"
            "请自收到本意见书之日起15个工作日内，以书面形式向本机关提出是否同意公开的意见；"
            "不同意公开的，请说明理由。",
            "逾期未提出意见的，由本机关依照该条例的规定决定是否公开。你（单位）不同意公开且有合理理由的，"
            "本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，"
            "并将决定公开的政府信息内容和理由书面告知你（单位）。",
            article="32",
            cites="32",
            says=("15个工作日",),
        ),
        _kind(
            "third_party_disclosure",
            _("Notice of disclosure to a third party"),
            To.PARTY,
            "政府信息公开第三方告知书",
            "公",
            "text remedy",
            "本机关曾就一件政府信息公开申请征求你（单位）的意见，你（单位）表示不同意公开。",
            f"本机关认为，不公开可能对公共利益造成重大影响。根据{_REGULATION}第三十二条的规定，"
            "决定予以公开。决定公开的政府信息内容和理由如下：",
            "{text}",
            "{remedy}",
            article="32",
            cites="32",
        ),
        _kind(
            "co_maker",
            _("Letter to another maker"),
            To.PARTY,
            "政府信息公开征求共同制作机关意见书",
            "共",
            "text",
            "本机关收到一件政府信息公开申请，所申请的信息由本机关牵头、与你机关共同制作：",
            "{text}",
            f"根据{_REGULATION}第三十四条的规定，现征求你机关的意见。请自收到本意见书之日起15个工作日内"
            "提出意见；逾期未提出意见的，视为同意公开。",
            article="34",
            cites="34",
            says=("15个工作日",),
        ),
        _kind(
            "agency",
            _("Letter to another agency"),
            To.PARTY,
            "政府信息公开征求意见函",
            "函",
            "text",
            "本机关正在办理一件政府信息公开申请，需要征求你机关的意见：",
            "{text}",
            "请于{until}前（含当日）书面函复本机关。",
            may="until",
            article="11, 17",
        ),
        _kind(
            "help",
            _("Letter to an office"),
            To.OFFICE,
            "政府信息公开申请协办函",
            "协",
            "text until",
            "本机关正在办理一件政府信息公开申请（申请编号：{request_number}），请你单位协助：",
            "{text}",
            "请于{until}前（含当日）将检索结果或者意见书面反馈；未查到有关信息的，也请书面说明。",
        ),
        _kind(
            "fee",
            _("Fee notice"),
            To.APPLICANT,
            "政府信息公开信息处理费收费通知书",
            "费",
            "amount explanation until payment remedy",
            _OPENING,
            f"根据{_REGULATION}第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，"
            "本机关决定对本件申请收取信息处理费{amount}元，计算方法如下：",
            "{explanation}",
            "缴费方式：{payment}",
            "请自收到本通知书次日起20个工作日内缴纳（本通知书于作出之日送达的，至{until}止）。"
            "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"
            "申请处理期限从{you}完成缴费次日起重新计算。",
            "{remedy}",
            article="42",
            cites="42",
            says=("20个工作日",),
        ),
        _kind(
            "sending_on",
            _("List of what is sent on"),
            To.AGENCY,
            "政府信息公开申请移送明细表",
            "移",
            "text",
            "本机关收到的下列政府信息公开申请事项由你机关负责公开，现移送你机关依法处理，并已告知申请人：",
            "{text}",
            article="36(5)",
        ),
        _kind(
            "answer",
            _("Answer"),
            To.APPLICANT,
            "政府信息公开申请答复书",
            "答",
            "points remedy",
            _OPENING,
            "经审查，现答复如下：",
            "{points}",
            "{closing}",
            "{remedy}",
            may="closing",
            article="36",
        ),
    )
}


@dataclass(frozen=True)
class PointWording:
    """How the answer speaks of a point so determined.

    `must` are the fields it has to have, `cites` the articles it has to name.
    """

    key: str
    wording: str
    must: frozenset[str]
    may: frozenset[str]
    cites: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        return self.must | self.may


_NOT_DISCLOSED = "第三十六条第（三）项的规定，不予公开。"
_POINTS = {
    "given": "经审查，该信息属于可以公开的政府信息。"
    f"根据{_REGULATION}第三十六条第（二）项的规定，予以公开。{{how}}",
    "already_public": f"该信息已经主动公开。根据{_REGULATION}第三十六条第（一）项的规定，"
    "告知获取该信息的方式、途径：{place}",
    "partly": "经审查，该信息中含有不应当公开的内容，但是能够作区分处理。"
    f"根据{_REGULATION}第三十七条的规定，向{{you}}提供可以公开的内容。{{how}}\n"
    f"不予公开的内容：{{withheld}}。根据{_REGULATION}{{grounds}}的规定，不予公开。理由：{{reasons}}",
    "refused_state_secret": "经审查，该信息属于依法确定为国家秘密的政府信息。{reasons}\n"
    f"根据{_REGULATION}第十四条、{_NOT_DISCLOSED}",
    "refused_forbidden_by_law": "经审查，该信息属于法律、行政法规禁止公开的政府信息。{reasons}\n"
    f"根据{_REGULATION}第十四条、{_NOT_DISCLOSED}",
    "refused_security_stability": "经审查，该信息公开后可能危及国家安全、公共安全、经济安全、社会稳定。"
    f"{{reasons}}\n根据{_REGULATION}第十四条、{_NOT_DISCLOSED}",
    "refused_third_party": "经审查，该信息涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害。"
    f"{{reasons}}\n根据{_REGULATION}第十五条、第三十二条、{_NOT_DISCLOSED}",
    "refused_internal_affairs": "经审查，该信息属于行政机关的内部事务信息。{reasons}\n"
    f"根据{_REGULATION}第十六条第一款、{_NOT_DISCLOSED}",
    "refused_process": "经审查，该信息属于行政机关在履行行政管理职能过程中形成的过程性信息。{reasons}\n"
    f"根据{_REGULATION}第十六条第二款、{_NOT_DISCLOSED}",
    "refused_enforcement_file": "经审查，该信息属于行政执法案卷信息。{reasons}\n"
    f"根据{_REGULATION}第十六条第二款、{_NOT_DISCLOSED}",
    "refused_administrative_inquiry": "经审查，该信息属于工商、不动产登记资料等信息，"
    f"有关法律、行政法规对信息的获取有特别规定。{{reasons}}\n"
    f"根据{_REGULATION}第三十六条第（七）项的规定，请依照下列规定办理：{{rules}}",
    "not_existing": "经检索，没有{you}所申请公开的信息。检索情况：{search}\n"
    f"根据{_REGULATION}第三十六条第（四）项的规定，告知{{you}}该政府信息不存在。",
    "not_ours": "该信息不属于本机关负责公开。{reasons}\n"
    f"根据{_REGULATION}第三十六条第（五）项的规定，特此告知。\n"
    "负责公开该信息的行政机关及其联系方式：{responsible}",
    "unable_needs_creation": "本机关没有现成的该信息，需要对现有政府信息进行加工、分析。{reasons}\n"
    f"根据{_REGULATION}第三十八条的规定，不予提供。",
    "unable_still_unclear": "{you}补正后，申请内容仍然不明确。{reasons}\n"
    f"根据{_REGULATION}第二十九条、第三十条的规定，本机关无法提供。",
    "unprocessed_petition": "{you}以政府信息公开申请的形式进行信访、投诉、举报等活动。{reasons}\n"
    f"根据{_REGULATION}第三十九条第一款的规定，不作为政府信息公开申请处理。\n"
    "{you}可以通过下列渠道提出：{where}",
    "unprocessed_repeated": "本机关已就{you}提出的政府信息公开申请作出答复（{earlier}），"
    f"{{you}}重复申请公开相同政府信息。根据{_REGULATION}第三十六条第（六）项的规定，不予重复处理。",
    "unprocessed_publication": "{you}的申请内容为要求本机关提供政府公报、报刊、书籍等公开出版物。"
    f"{{reasons}}\n根据{_REGULATION}第三十九条第二款的规定，不作为政府信息公开申请处理。\n"
    "获取的途径：{where}",
    "unprocessed_excessive": "{you}申请公开政府信息的数量、频次明显超过合理范围，且申请理由不合理。"
    f"{{reasons}}\n根据{_REGULATION}第三十五条的规定，不予处理。",
    "unprocessed_reissue": "{you}要求本机关对已经获取的政府信息进行确认或者重新出具。{reasons}\n"
    "本机关不予处理。",
    "other_not_corrected": f"{{you}}无正当理由逾期未对申请作补正。根据{_REGULATION}第三十条的规定，"
    "视为放弃申请，本机关不再处理该政府信息公开申请。",
    "other_fee_unpaid": f"{{you}}未按照收费通知书的要求缴纳信息处理费。根据{_REGULATION}第四十二条和"
    "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，"
    "视为放弃申请，本机关不再处理该政府信息公开申请。",
    "record_corrected": "经审核，有关{you}的政府信息记录不准确。{reasons}\n"
    f"根据{_REGULATION}第四十一条的规定，本机关已予以更正。",
    "record_kept": f"根据{_REGULATION}第四十一条的规定，经审核，有关记录不予更正。{{reasons}}",
    "record_passed_on": "有关记录的更正不属于本机关职能范围。"
    f"根据{_REGULATION}第四十一条的规定，有权更正的行政机关及办理方式告知如下：{{responsible}}",
    "other": "{reasons}",
}


def _point(key: str, wording: str) -> PointWording:
    row = DETERMINATIONS[key]
    # Art. 36 alone says only that something is answered.
    cites = () if row.article == "36" else (row.article,)
    must = frozenset(field.value for field in row.must)
    may = frozenset(field.value for field in row.may)
    return PointWording(key, wording, must, may | {"you", "asked"}, cites)


POINT_WORDINGS: dict[str, PointWording] = {
    key: _point(key, wording) for key, wording in _POINTS.items()
}

#: Letters that stay within the agency: their delivery is nobody's business.
WITHIN = frozenset(key for key, row in KINDS.items() if row.to is To.OFFICE)
