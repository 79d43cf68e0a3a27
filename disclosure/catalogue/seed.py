"""The categories that every portal begins with: Art. 20's fifteen items, Art. 21's additions for
cities, counties and townships, and the platform's own columns (国办公开办函〔2019〕61号).

Codes are part of addresses (`/catalogue/?category=penalties`) and of imports: never changed.
Civil air defence finds its own under works (`defence-works`), alarms (`alarm-tests`) and
education (`defence-education`). Staff may rename, move, switch off and add.
"""

from dataclasses import dataclass, field

from django.db import transaction

from disclosure.agencies.models import User
from disclosure.catalogue import actions
from disclosure.catalogue.models import Category, DocumentType


@dataclass(frozen=True)
class Seed:
    """One category to begin with."""

    code: str
    name: str
    name_en: str
    article: str
    document_type: DocumentType
    below: "tuple[Seed, ...]" = field(default=())


def _seed(
    code: str,
    name: str,
    name_en: str,
    article: str,
    document_type: DocumentType,
    *below: tuple[str, str, str] | tuple[str, str, str, DocumentType],
) -> Seed:
    """A category with those below it, which share its article and, unless given, its kind."""
    children = tuple(
        Seed(child[0], child[1], child[2], article, child[3] if len(child) > 3 else document_type)
        for child in below
    )
    return Seed(code, name, name_en, article, document_type, children)


T = DocumentType
SEEDS: tuple[Seed, ...] = (
    _seed(
        "regulations", "法规规章和规范性文件", "Regulations and normative documents", "20(1)",
        T.NORMATIVE,
        ("laws", "行政法规和规章", "Regulations and rules", T.REGULATION),
        ("normative", "行政规范性文件", "Normative documents", T.NORMATIVE),
        ("policy", "其他政策文件", "Other policy documents", T.POLICY),
        ("interpretation", "政策解读", "Policy interpretation", T.INTERPRETATION),
    ),
    _seed(
        "organisation", "机构职能", "Organisation and functions", "20(2)", T.ORGANISATION,
        ("functions", "机关职能", "Functions"),
        ("leaders", "机关负责人", "Heads"),
        ("offices", "内设机构和联系方式", "Inner offices and contacts"),
    ),
    _seed(
        "plans", "规划计划", "Plans", "20(3)", T.PLAN,
        ("development-plans", "发展规划", "Development plans"),
        ("special-plans", "专项规划", "Special plans"),
        ("regional-plans", "区域规划", "Regional plans"),
        ("work-plans", "年度计划和总结", "Yearly plans and reviews"),
    ),
    _seed("statistics", "统计信息", "Statistics", "20(4)", T.STATISTICS),
    _seed(
        "services", "行政许可和其他对外管理服务", "Licences and other services", "20(5)",
        T.SERVICE_GUIDE,
        ("service-guides", "办事指南", "Service guides"),
        ("licences", "行政许可结果", "Licence decisions", T.LICENCE),
        ("other-services", "其他对外管理服务", "Other services"),
    ),
    _seed(
        "enforcement", "行政处罚和行政强制", "Penalties and coercive measures", "20(6)", T.OTHER,
        ("enforcement-basis", "执法依据、条件和程序", "Basis, conditions and procedure"),
        ("penalties", "行政处罚决定", "Penalty decisions", T.PENALTY),
        ("coercion", "行政强制决定", "Coercive measures", T.COERCION),
    ),
    _seed(
        "budget", "财政预算和决算", "Budget and final accounts", "20(7)", T.BUDGET,
        ("budgets", "预算", "Budget"),
        ("final-accounts", "决算", "Final accounts"),
    ),
    _seed("fees", "行政事业性收费", "Administrative fees", "20(8)", T.FEES),
    _seed(
        "procurement", "政府集中采购", "Centralised procurement", "20(9)", T.PROCUREMENT,
        ("procurement-catalogue", "采购目录和标准", "Procurement catalogue and standards"),
        ("procurement-notices", "采购实施情况", "Procurement notices and results"),
    ),
    _seed(
        "projects", "重大建设项目", "Major construction projects", "20(10)", T.PROJECT,
        ("project-approval", "项目批准", "Approval"),
        ("project-progress", "项目实施", "Implementation"),
        ("defence-works", "人民防空工程建设", "Civil air defence works"),
    ),
    _seed(
        "livelihood", "民生保障", "Livelihood", "20(11)", T.POLICY,
        ("poverty-relief", "扶贫", "Poverty relief"),
        ("education", "教育", "Education"),
        ("medical-care", "医疗", "Medical care"),
        ("social-security", "社会保障", "Social security"),
        ("employment", "促进就业", "Employment"),
    ),
    _seed(
        "emergencies", "突发公共事件应对", "Emergencies", "20(12)", T.EMERGENCY,
        ("emergency-plans", "应急预案", "Emergency plans"),
        ("warnings", "预警信息", "Warnings"),
        ("emergency-response", "应对情况", "Response"),
        ("alarm-tests", "防空警报试鸣", "Air-raid alarm tests"),
    ),
    _seed(
        "inspections", "监督检查", "Inspections", "20(13)", T.INSPECTION,
        ("environment", "环境保护", "Environment"),
        ("public-health", "公共卫生", "Public health"),
        ("work-safety", "安全生产", "Work safety"),
        ("food-drugs", "食品药品", "Food and drugs"),
        ("product-quality", "产品质量", "Product quality"),
    ),
    _seed("recruitment", "公务员招考录用", "Civil-servant recruitment", "20(14)", T.PERSONNEL),
    _seed(
        "other-statutory", "其他法定公开内容", "Other statutory disclosure", "20(15)",
        T.ANNOUNCEMENT,
        ("announcements", "通知公告", "Announcements"),
        ("proposals", "建议提案办理", "Answers to proposals", T.OTHER),
        ("defence-education", "人民防空宣传教育", "Civil air defence education", T.OTHER),
    ),
    _seed(
        "local", "市县重点信息", "Matters of cities and counties", "21", T.OTHER,
        ("urban-works", "城乡建设和管理", "Urban works"),
        ("public-services", "市政服务", "Public services"),
        ("public-welfare", "公益事业", "Public welfare"),
        ("expropriation", "土地和房屋征收", "Land and house expropriation"),
        ("public-order", "治安管理", "Public order"),
        ("social-assistance", "社会救助", "Social assistance"),
    ),
    _seed(
        "township", "乡镇重点信息", "Matters of townships", "21", T.OTHER,
        ("rural-policies", "农业农村政策", "Rural policies"),
        ("irrigation", "农田水利工程", "Irrigation works"),
        ("land-contracts", "农村土地承包经营权流转", "Land contract transfer"),
        ("homesteads", "宅基地审核", "Homestead review"),
        ("rural-funds", "筹资筹劳", "Labour and fund raising"),
    ),
    _seed(
        "platform", "政府信息公开工作", "Disclosure work", "4, 12, 49", T.OTHER,
        ("disclosure-guides", "信息公开指南", "Disclosure guides", T.GUIDE),
        ("disclosure-rules", "信息公开制度", "Disclosure rules", T.RULE),
        ("disclosure-reports", "信息公开年报", "Annual reports on disclosure"),
        ("disclosure-notices", "公开工作通知", "Notices on disclosure work", T.ANNOUNCEMENT),
    ),
)  # fmt: skip


@transaction.atomic
def seed_categories(*, actor: User | None = None) -> int:
    """Add the categories that are missing, and say how many; those there stay as they are."""
    known = {category.code: category for category in Category.objects.all()}
    before = len(known)

    def add(seeds: tuple[Seed, ...], parent: Category | None) -> None:
        for seed in seeds:
            if seed.code not in known:
                known[seed.code] = _add(seed, parent, actor)
            add(seed.below, known[seed.code])

    add(SEEDS, None)
    return len(known) - before


def ensure_category(code: str) -> Category:
    """The category that the portal's own pages stand in; added where somebody took it away."""
    found = Category.objects.filter(code=code).first()
    if found is not None:
        return found
    for seed in SEEDS:
        for below in seed.below:
            if below.code == code:
                parent = Category.objects.filter(code=seed.code).first() or _add(seed, None, None)
                return _add(below, parent, None)
    raise KeyError(code)


def _add(seed: Seed, parent: Category | None, actor: User | None) -> Category:
    return actions.create_category(
        actor=actor,
        category=Category(
            code=seed.code,
            name=seed.name,
            name_en=seed.name_en,
            article=seed.article,
            document_type=seed.document_type,
        ),
        parent=parent,
    )
