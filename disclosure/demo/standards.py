"""A standard catalogue of the demonstration: major construction projects, at a city's office.

There is no county among its agencies; the table says which items the counties carry out.
"""

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.standards import actions, matching
from disclosure.standards.models import StandardArea, StandardItem
from disclosure.standards.seed import seed_areas

AGENCY = "SYRF"
AREA = "projects"
BODY = "市、县（市、区）人民防空主管部门"
BASIS = (
    "《中华人民共和国政府信息公开条例》\n《关于推进重大建设项目批准和实施领域政府信息公开的意见》"
)
IN_TIME = "自信息形成或者变更之日起20个工作日内"
USUAL = ["website", "service_hall", "screen"]

#: First level, second level, content, category (None: by its words alone), keywords, township too.
ITEMS: tuple[tuple[str, str, str, str | None, str, bool], ...] = (
    ("批准服务信息", "办事指南", "申报要件、流程、时限", "service-guides", "", False),
    ("批准服务信息", "办理过程信息", "事项名称、事项办理部门、办理进展", None, "办理进展", False),
    ("批准服务信息", "咨询监督", "咨询电话、监督投诉电话", None, "监督投诉", False),
    ("批准结果信息", "项目批准结果", "批准单位、时间、内容和文号", "licences", "", False),
    ("批准结果信息", "规划许可结果", "许可证号、建设单位、建设位置", None, "规划许可", False),
    ("招标投标信息", "招标公告", "项目名称、规模、投标人资格", None, "招标公告", False),
    ("招标投标信息", "中标结果", "中标人名称、中标价、工期", None, "中标", False),
    ("项目实施信息", "施工进展", "项目进展、完成投资、下一步安排", "project-progress", "", True),
    ("项目实施信息", "质量安全监督", "监督机构、检查情况、整改要求", "work-safety", "", True),
    ("项目实施信息", "竣工验收", "验收时间、验收结论、备案情况", None, "竣工验收；验收备案", True),
    ("监督执法信息", "行政处罚决定", "文号、违法事实、处罚依据和内容", "penalties", "", False),
    ("监督执法信息", "执法检查结果", "检查对象、检查时间、检查结论", None, "执法检查", False),
)  # fmt: skip


def load_standards(agencies: dict[str, Agency]) -> int:
    """Add the demonstration's items that are missing; how many."""
    seed_areas()
    agency = agencies[AGENCY]
    area = StandardArea.objects.get(key=AREA)
    categories = {one.code: one for one in Category.objects.all()}
    there = StandardItem.objects.filter(agency=agency, area=area)
    known = set(there.values_list("level1", "level2"))
    added = 0
    for number, (level1, level2, content, category, keywords, township) in enumerate(ITEMS, 1):
        if (level1, level2) in known:
            continue
        item = StandardItem(
            agency=agency,
            area=area,
            serial=number,
            level1=level1,
            level2=level2,
            content=content,
            basis=BASIS,
            time_limit=IN_TIME,
            body=BODY,
            channels=USUAL,
            at_county=True,
            at_township=township,
            category=categories.get(category) if category else None,
            keywords=keywords,
            is_demo=True,
        )
        actions.create_item(actor=None, item=item, rematch=False)
        added += 1
    matching.rematch(there)
    return added
