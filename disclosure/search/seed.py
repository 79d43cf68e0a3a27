"""The synonyms that an empty portal begins with."""

from django.db import transaction

from disclosure.search import actions
from disclosure.search.models import SearchSynonym

#: Short forms that everybody uses and that mean nothing else: what an empty portal begins with.
COMMON = (
    "人防、人民防空",
    "发改委、发展和改革委员会、发展改革委",
    "住建、住房和城乡建设",
    "人社、人力资源和社会保障",
    "自规局、自然资源和规划局",
    "卫健委、卫生健康委员会",
    "市监局、市场监督管理局",
    "应急局、应急管理局",
    "医保局、医疗保障局",
    "城管、城市管理",
    "国办、国务院办公厅",
    "公积金、住房公积金",
    "低保、最低生活保障",
    "年报、年度报告",
    "社保、社会保险",
    "医保、医疗保险、医疗保障",
    "退休金、养老金、基本养老金",
    "户口、户籍",
    "身份证、居民身份证",
    "养狗、养犬",
    "抽烟、吸烟",
    "鞭炮、烟花爆竹",
    "地铁、城市轨道交通",
    "无人驾驶、自动驾驶",
    "十三五、第十三个五年",
    "十四五、第十四个五年",
    "十五五、第十五个五年",
)


@transaction.atomic
def load_common() -> int:
    """Add the common short forms that were never there; how many. What was deleted stays away."""
    ever = set(SearchSynonym.history.values_list("words", flat=True))
    missing = [words for words in COMMON if words not in ever]
    for words in missing:
        actions.create_synonym(actor=None, synonym=SearchSynonym(words=words))
    return len(missing)
