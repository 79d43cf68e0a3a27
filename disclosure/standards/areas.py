"""The 26 areas (试点领域) of standardised grass-roots disclosure (国办发〔2019〕54号). Pure.

The ministries' guides and the older pilots (国办发〔2017〕42号) name some of them otherwise:
`aliases`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """An area: its key in addresses, its name, and how else it is called."""

    key: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()


AREAS: tuple[Area, ...] = (
    Area("projects", "重大建设项目", "Major construction projects"),
    Area("public-resources", "公共资源交易", "Public resource trading"),
    Area("budget", "财政预决算", "Budget and final accounts", ("财政预算决算",)),
    Area("planning", "城乡规划", "Urban and rural planning", ("国土空间规划",)),
    Area(
        "land",
        "征地补偿",
        "Land expropriation and compensation",
        ("农村集体土地征收", "集体土地征收"),
    ),
    Area(
        "housing-expropriation",
        "国有土地上房屋征收",
        "Expropriation of houses on state land",
        ("国有土地上房屋征收与补偿", "拆迁安置"),
    ),
    Area("affordable-housing", "保障性住房", "Affordable housing", ("保障性住房领域",)),
    Area("rural-housing", "农村危房改造", "Renovation of dilapidated rural houses"),
    Area("environment", "生态环境", "Ecological environment", ("环境保护",)),
    Area("work-safety", "安全生产", "Work safety"),
    Area("disaster-relief", "救灾", "Disaster relief"),
    Area("poverty-relief", "扶贫", "Poverty relief", ("扶贫开发",)),
    Area("food-drugs", "食品药品监管", "Food and drug supervision", ("食品药品监督管理",)),
    Area("taxes", "税收管理", "Tax administration"),
    Area("urban-enforcement", "城市综合执法", "Urban law enforcement", ("城市管理综合执法",)),
    Area("municipal-services", "市政服务", "Municipal services"),
    Area("employment", "就业创业", "Employment and starting a business", ("就业",)),
    Area("social-insurance", "社会保险", "Social insurance"),
    Area("social-assistance", "社会救助", "Social assistance"),
    Area("elderly-care", "养老服务", "Care for the elderly"),
    Area("household", "户籍管理", "Household registration"),
    Area("farm-subsidies", "涉农补贴", "Farm subsidies"),
    Area("education", "义务教育", "Compulsory education"),
    Area("health", "医疗卫生", "Medical care and health", ("卫生健康",)),
    Area("culture", "公共文化服务", "Public cultural services"),
    Area("legal-services", "公共法律服务", "Public legal services"),
)
BY_NAME: dict[str, str] = {
    word: area.key for area in AREAS for word in (area.key, area.name, *area.aliases)
}
