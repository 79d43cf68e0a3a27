"""The agencies of the demonstration: the provincial office of the 2013 report and its cities'.

Names are those of real offices; every number, address and person is plainly a placeholder. The
social credit codes pass the check of GB 32100, but their place code 000000 belongs to no place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stdnum.cn import uscc

from disclosure.agencies import actions
from disclosure.agencies.models import Agency, Office

PROVINCE = "LNRF"
PHONE = "000-00000000"
POSTCODE = "000000"
HOURS = "工作日 8:30—11:30，13:00—17:00（法定节假日除外）"
MAIL_DOMAIN = "example.invalid"


@dataclass(frozen=True)
class City:
    """A city's office: `code` as in addresses and request numbers."""

    code: str
    name: str
    name_en: str

    @property
    def full_name(self) -> str:
        return f"{self.name}市人民防空办公室"


CITIES = (
    City("SYRF", "沈阳", "Shenyang"),
    City("DLRF", "大连", "Dalian"),
    City("ASRF", "鞍山", "Anshan"),
    City("FSRF", "抚顺", "Fushun"),
    City("BXRF", "本溪", "Benxi"),
    City("DDRF", "丹东", "Dandong"),
    City("JZRF", "锦州", "Jinzhou"),
    City("YKRF", "营口", "Yingkou"),
    City("FXRF", "阜新", "Fuxin"),
    City("LYRF", "辽阳", "Liaoyang"),
    City("TLRF", "铁岭", "Tieling"),
    City("CYRF", "朝阳", "Chaoyang"),
    City("PJRF", "盘锦", "Panjin"),
    City("HLDRF", "葫芦岛", "Huludao"),
)

PROVINCE_FUNCTIONS = """\
贯彻执行人民防空法律、法规、规章和方针政策，起草地方性法规、规章草案，并组织实施和监督检查。
编制全省人民防空事业发展规划和年度计划，指导各市人民防空工作。
负责人民防空行政许可和其他政务服务事项的办理、公示和监督。
组织防空警报试鸣，开展人民防空宣传教育，普及防空防灾知识和自救互救技能。
指导人民防空工程平时开发利用和维护管理，依法查处违反人民防空法律法规的行为。
管理和监督人民防空经费的使用，依法公开预算决算和收费信息。
承办省人民政府交办的其他事项。"""
CITY_FUNCTIONS = """\
贯彻执行人民防空法律、法规、规章，组织实施本市人民防空工作。
办理本级权限内的人民防空行政许可和其他政务服务事项。
组织本市防空警报试鸣和人民防空宣传教育，普及防空防灾知识。
指导、监督本市人民防空工程的平时使用和维护管理，依法实施行政处罚。
承办市人民政府和省人民防空办公室交办的其他事项。"""

DISCLOSURE_OFFICE = "政府信息公开办公室"
DISCLOSURE_OFFICE_EN = "Government Information Disclosure Office"
DISCLOSURE_FUNCTIONS = """\
负责政府信息公开工作的推进、指导、协调和监督检查。
受理、登记、办理和答复政府信息公开申请。
维护和更新主动公开的政府信息，组织公开前的审查。
编制政府信息公开指南、公开目录和工作年度报告。"""
# Name, English name, functions: the secretariat comes first, the disclosure office is part of it.
PROVINCE_OFFICES = (
    (
        "秘书处",
        "Secretariat",
        "负责文电、会务、机要、档案、信访和政务公开等机关日常运转工作。",
    ),
    (
        "政策法规处",
        "Policy and Legal Affairs Division",
        "负责规范性文件的起草、合法性审核、清理和行政执法监督工作。",
    ),
    (
        "指挥通信处",
        "Command and Communications Division",
        "负责防空警报试鸣的组织协调和公众应急防护的指导工作。",
    ),
    (
        "工程管理处",
        "Engineering Management Division",
        "负责人民防空工程建设管理有关行政许可事项，指导工程平时使用和维护管理。",
    ),
    (
        "宣传教育处",
        "Publicity and Education Division",
        "负责人民防空宣传教育，组织防空防灾知识进机关、学校、社区、企业和网络。",
    ),
    (
        "计划财务处",
        "Planning and Finance Division",
        "负责预算决算、政府采购、国有资产和内部审计工作。",
    ),
    (
        "人事处",
        "Personnel Division",
        "负责机构编制、干部人事、公务员招录和教育培训工作。",
    ),
)
CITY_OFFICE = ("综合科", "General Office", "负责机关日常运转、政务公开和信访工作。")


def credit_code(number: int) -> str:
    """A social credit code that is valid and plainly made up."""
    body = f"11000000{number:09d}"
    return body + uscc.calc_check_digit(body)


def load_agencies() -> dict[str, Agency]:
    """The demonstration's agencies by their code; what is there already stays as it is.

    An agency that stands in the tree under another code, but with one of these names, is taken.
    """
    known = {agency.code: agency for agency in Agency.objects.all()}
    by_name = {agency.name: agency for agency in known.values()}
    province = known.get(PROVINCE) or by_name.get("辽宁省人民防空办公室")
    if province is None:
        province = actions.create_agency(actor=None, agency=_province())
        _add_offices(province, PROVINCE_OFFICES)
    agencies = {PROVINCE: province}
    for number, city in enumerate(CITIES, 2):
        agency = known.get(city.code) or by_name.get(city.full_name)
        if agency is None:
            agency = actions.create_agency(actor=None, agency=_city(city, number), parent=province)
            _add_offices(agency, [CITY_OFFICE])
        agencies[city.code] = agency
    return agencies


def demo_agencies() -> list[Agency]:
    """The agencies that are the demonstration's own: still with their made-up credit code."""
    codes = [PROVINCE, *(city.code for city in CITIES)]
    ours = {code: credit_code(number) for number, code in enumerate(codes, 1)}
    agencies = Agency.objects.filter(code__in=codes)
    return [one for one in agencies if one.social_credit_code == ours[one.code]]


def _province() -> Agency:
    return Agency(
        code=PROVINCE,
        name="辽宁省人民防空办公室",
        name_en="Civil Air Defence Office of Liaoning Province",
        short_name="辽宁省人防办",
        aliases="省人防办\n辽宁省人民防空办\n省人民防空办公室\n辽宁人防",
        level=Agency.Level.PROVINCE,
        social_credit_code=credit_code(1),
        address="沈阳市××区示范路1号（演示地址）",
        functions=PROVINCE_FUNCTIONS,
        site_name="辽宁省人民防空办公室政府信息公开平台（演示）",
        site_domain=f"rfb.{MAIL_DOMAIN}",
        site_id_code="0000000000",
        icp_number="辽ICP备00000000号",
        police_number="辽公网安备00000000000000号",
        **_contact(PROVINCE),
    )


def _city(city: City, number: int) -> Agency:
    return Agency(
        code=city.code,
        name=city.full_name,
        name_en=f"{city.name_en} Civil Air Defence Office",
        short_name=f"{city.name}市人防办",
        aliases=f"{city.name}人防办\n{city.name}市人民防空办",
        level=Agency.Level.CITY,
        social_credit_code=credit_code(number),
        address=f"{city.name}市××区示范路1号（演示地址）",
        functions=CITY_FUNCTIONS,
        site_name=f"{city.full_name}政府信息公开专栏（演示）",
        site_domain=f"{city.code.lower()}.{MAIL_DOMAIN}",
        site_id_code="0000000000",
        icp_number="辽ICP备00000000号",
        police_number="辽公网安备00000000000000号",
        **_contact(city.code),
    )


def _contact(code: str) -> dict[str, str]:
    return {
        "postcode": POSTCODE,
        "hours": HOURS,
        "phone": PHONE,
        "fax": PHONE,
        "email": f"xxgk.{code.lower()}@{MAIL_DOMAIN}",
        "head_name": "负责人姓名（演示）",
        "officer_name": "信息员姓名（演示）",
    }


def _add_offices(agency: Agency, offices: Iterable[tuple[str, str, str]]) -> None:
    """The inner offices; the first one has the disclosure office as its part (Art. 4)."""
    order = 0
    for name, name_en, functions in offices:
        order += 10
        office = Office(
            agency=agency,
            name=name,
            name_en=name_en,
            functions=functions,
            phone=PHONE,
            order=order,
        )
        actions.create_office(actor=None, office=office)
        if order == 10:
            part = Office(
                agency=agency,
                parent=office,
                name=DISCLOSURE_OFFICE,
                name_en=DISCLOSURE_OFFICE_EN,
                functions=DISCLOSURE_FUNCTIONS,
                phone=PHONE,
                is_disclosure_office=True,
                order=order + 1,
            )
            actions.create_office(actor=None, office=part)
