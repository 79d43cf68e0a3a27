"""The general list of wordings that comes with the portal: (wrong, right, reason, kind).

Only what is plainly wrong in a document of today; one of before may cite it rightly, and then the
finding is overruled. `*` stands for up to ten characters, as in every list.
"""

from django.db import transaction

from disclosure.findings import actions
from disclosure.findings.models import Wording

_W, _F = Wording.Kind.WRONG, Wording.Kind.FORBIDDEN
_DECREE = "2019年5月15日起施行的《政府信息公开条例》为国务院令第711号，第492号令的文本不再有效。"
_CODE = "2021年1月1日起由《民法典》取代，该法同时废止。"
_REFORM = "2018年国务院机构改革后，该机构名称不再使用。"
_PETITIONS = "2022年5月1日起施行《信访工作条例》，原《信访条例》废止。"
_FINANCE = "2023年机构改革后组建国家金融监督管理总局。"
_LEGAL = "法律用语为“法定代表人”（《民法典》第六十一条）；“法人代表”另有所指。"
_UNTIL = "“截止”指到期停止，表示到某时为止用“截至”。"
_WRITING = "规范用字，见《现代汉语词典》和GB/T 15835、《党政机关公文处理工作条例》的用语习惯。"
_PEOPLE = "对残疾人的不当称谓，见《残疾人保障法》的用语。"

# One row is one wording.
# fmt: off
GENERAL: tuple[tuple[str, str, str, str], ...] = (
    # 法规和法律
    ("国务院令第492号", "国务院令第711号", _DECREE, _W),
    ("国务院第492号令", "国务院第711号令", _DECREE, _W),
    ("《中华人民共和国合同法》", "《中华人民共和国民法典》", _CODE, _W),
    ("《中华人民共和国物权法》", "《中华人民共和国民法典》", _CODE, _W),
    ("《中华人民共和国民法通则》", "《中华人民共和国民法典》", _CODE, _W),
    ("《中华人民共和国民法总则》", "《中华人民共和国民法典》", _CODE, _W),
    ("《中华人民共和国担保法》", "《中华人民共和国民法典》", _CODE, _W),
    ("《中华人民共和国婚姻法》", "《中华人民共和国民法典》", _CODE, _W),
    ("《中华人民共和国侵权责任法》", "《中华人民共和国民法典》", _CODE, _W),
    ("《信访条例》", "《信访工作条例》", _PETITIONS, _W),
    # 机构名称
    ("国家工商行政管理总局", "国家市场监督管理总局", _REFORM, _W),
    ("国家质量监督检验检疫总局", "国家市场监督管理总局", _REFORM, _W),
    ("国家食品药品监督管理总局", "国家市场监督管理总局", _REFORM, _W),
    ("国土资源部", "自然资源部", _REFORM, _W),
    ("环境保护部", "生态环境部", _REFORM, _W),
    ("国家卫生和计划生育委员会", "国家卫生健康委员会", _REFORM, _W),
    ("国家安全生产监督管理总局", "应急管理部", _REFORM, _W),
    ("国家旅游局", "文化和旅游部", _REFORM, _W),
    ("国务院法制办公室", "司法部", _REFORM, _W),
    ("中国银行保险监督管理委员会", "国家金融监督管理总局", _FINANCE, _W),
    # 用语
    ("法人代表", "法定代表人", _LEGAL, _W),
    ("行政不做为", "行政不作为", _WRITING, _W),
    ("截止目前", "截至目前", _UNTIL, _W),
    ("截止到", "截至", _UNTIL, _W),
    ("截止今年", "截至今年", _UNTIL, _W),
    ("截止去年", "截至去年", _UNTIL, _W),
    ("截止201", "截至201", _UNTIL, _W),
    ("截止202", "截至202", _UNTIL, _W),
    # 用字
    ("帐户", "账户", _WRITING, _W),
    ("帐号", "账号", _WRITING, _W),
    ("帐目", "账目", _WRITING, _W),
    ("台帐", "台账", _WRITING, _W),
    ("其它", "其他", _WRITING, _W),
    ("做为", "作为", _WRITING, _W),
    ("部份", "部分", _WRITING, _W),
    ("座落", "坐落", _WRITING, _W),
    ("按装", "安装", _WRITING, _W),
    ("幅射", "辐射", _WRITING, _W),
    ("复盖", "覆盖", _WRITING, _W),
    ("报导", "报道", _WRITING, _W),
    ("既使", "即使", _WRITING, _W),
    ("招聘启示", "招聘启事", _WRITING, _W),
    ("再接再励", "再接再厉", _WRITING, _W),
    ("迫不急待", "迫不及待", _WRITING, _W),
    ("按步就班", "按部就班", _WRITING, _W),
    ("必需要", "必须要", _WRITING, _W),
    # 不当称谓
    ("残废人", "残疾人", _PEOPLE, _F),
    ("瞎子", "盲人", _PEOPLE, _F),
    ("聋子", "聋人", _PEOPLE, _F),
    ("傻子", "智力残疾人", _PEOPLE, _F),
)
# fmt: on


@transaction.atomic
def load_general() -> int:
    """Add the wordings that the general list never had; how many. What was deleted stays away."""
    ever = set(Wording.history.filter(agency__isnull=True).values_list("wrong", flat=True))
    missing = [row for row in GENERAL if row[0] not in ever]
    for wrong, right, reason, kind in missing:
        actions.create_wording(
            actor=None, wording=Wording(wrong=wrong, right=right, reason=reason, kind=kind)
        )
    return len(missing)
