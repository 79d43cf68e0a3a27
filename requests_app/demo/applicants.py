"""Who asks in the demonstration: nobody. Numbers pass their checks, but their place code 000000
belongs to no place, and every phone number is 13800000000."""

from dataclasses import dataclass

from stdnum.cn import ric

from disclosure.demo.agencies import MAIL_DOMAIN, credit_code
from requests_app.applicants import ApplicantData

PHONE = "13800000000"
ADDRESS = "示例省示例市示例路1号（演示地址）"
#: Organisations' codes stand apart from those of the agencies.
FIRST_CODE = 900

# Family name and year of birth; some show other papers than the identity card.
_PEOPLE = (
    *(("张", 1990), ("王", 1985), ("李", 1978), ("赵", 1995), ("刘", 1969)),
    *(("陈", 1982), ("杨", 1991), ("黄", 1975), ("周", 1988), ("吴", 1949)),
    *(("徐", 1993), ("孙", 1965), ("马", 1972), ("朱", 2001), ("胡", 1980)),
)
_OTHER_PAPERS = {7: ("passport", "E00000000"), 11: ("hk_macao_permit", "H00000000")}
_ORGANISATIONS = {
    "enterprise": ("示例建设公司", "示例印刷公司", "示例停车服务公司"),
    "research": ("示例研究院",),
    "social_welfare": ("示例助盲服务中心",),
    "legal_service": ("示例律师事务所",),
    "other": ("示例小区业主委员会",),
}
_SHORT = {"welfare": "social_welfare", "legal": "legal_service", "natural": "natural_person"}


@dataclass(frozen=True)
class Applicant:
    """An applicant of the demonstration and the kind of applicant it is."""

    kind: str
    data: ApplicantData


def resident_id(born: int, serial: int) -> str:
    """An identity number with a right check digit, of a place that there is not."""
    body = f"000000{born}0101{serial:03d}"
    return body + ric.calc_check_digit(f"{body}0")


def applicant(key: str) -> Applicant:
    """The applicant of a key as `natural_3`: kind and number."""
    short, _, number = key.partition("_")
    kind = _SHORT.get(short, short)
    return _person(int(number)) if kind == "natural_person" else _body(kind, int(number))


def _person(number: int) -> Applicant:
    family, born = _PEOPLE[number - 1]
    papers = _OTHER_PAPERS.get(number, ("resident_id", resident_id(born, number)))
    return Applicant(
        "natural_person",
        ApplicantData(
            name=f"{family}某某（演示）",
            id_type=papers[0],
            id_number=papers[1],
            phone=PHONE,
            email=f"person{number}@{MAIL_DOMAIN}",
            postal_address=ADDRESS,
        ),
    )


def _body(kind: str, number: int) -> Applicant:
    order = list(_ORGANISATIONS).index(kind) * 10 + number
    return Applicant(
        kind,
        ApplicantData(
            name=f"{_ORGANISATIONS[kind][number - 1]}（演示）",
            organisation_code=credit_code(FIRST_CODE + order),
            representative="某某（演示）",
            phone=PHONE,
            email=f"{kind.replace('_', '-')}{number}@{MAIL_DOMAIN}",
            postal_address=ADDRESS,
        ),
    )
