"""Home addresses: what is more exact than the township or the street."""

import re
from collections.abc import Iterator

from disclosure.findings.detectors.digits import narrow
from disclosure.findings.detectors.kinds import Hit

_COUNT = r"(?:\d{1,5}|[一二三四五六七八九十]{1,3}|[A-Za-z甲乙丙丁东西南北])"
#: Parts within a building; a run of them is where somebody lives or works.
_UNITS = re.compile(
    rf"{_COUNT}[ ]?(?:号楼|栋|幢|座|单元|层|楼)(?:[ ，-]?{_COUNT}[ ]?(?:号楼|栋|幢|座|单元|层|楼))*"
    r"(?:[ ，-]?\d{1,5}[ ]?(?:号房|室|户|房|号)?)?|\d{2,5}[ ]?(?:室|户(?!籍|数|以))"
)
_ROOM = re.compile(r"单元|\d(?:\s?(?:室|户|房))|(?:栋|幢|号楼|座)[ -]?\d{2,5}$")
_ROAD = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{1,10}(?:大道|大街|路|街|巷|弄|胡同|里|道)[\u4e00-\u9fff]{0,4}?"
    r"\d{1,5}(?:[-之]\d{1,4})?\s?(?:号|弄)"
)
_DWELLING = re.compile(
    r"小区|花园|家园|公寓|新村|宿舍|花苑|佳苑|苑|名城|家属院|家属楼|庭院|华庭|雅居"
)
_VILLAGE = re.compile(
    r"(?:村|社区|屯)[\u4e00-\u9fff]{0,6}?(?:"
    rf"{_COUNT}[ ]?(?:组|社|队)[\u4e00-\u9fff]{{0,4}}?\d{{1,5}}[ ]?号"
    r"|\d{1,5}[ ]?号(?![楼线公机井桥泵坝路点闸站]))"
)
_VILLAGE_GROUP = re.compile(rf"(?:村|社区|屯)[\u4e00-\u9fff]{{0,6}}?{_COUNT}[ ]?(?:组|社|队)")
_HOME = re.compile(
    r"(?:家庭住址|家庭地址|现住址|住址|户籍地址|户籍所在地|户籍地|户籍住址|居住地址|居住地|现居住地"
    r"|家住|现住|暂住地|暂住)(?:在|为|是|于)?[：: \t]*"
)
_CONTACT = re.compile(
    r"(?:地址|地点|住所地?|处所|场所|所在地|位于|设在|前往|寄至|寄送|邮寄)"
    r"(?:在|为|是|于)?[：: \t]*$"
)
_EDGE = re.compile(
    r"[，,。；;：:、（()）“”\"\n\t ]|家住|现住|住址|位于|户籍|住在|登记在|(?<=[男女])"
    r"|(?:^|(?<=[，,。；\s]))住"
)
_REST = re.compile(r"[^\n\t，,。；;、（(]{4,60}")
#: Nothing is exact without a number.
_EXACT = re.compile(r"[\d一二三四五六七八九十]")
_BACK = 50


def home_addresses(text: str) -> Iterator[Hit]:
    """Addresses of homes: called so, or with a dwelling or a village's house number in them."""
    return (hit for hit, is_home in _addresses(text) if is_home)


def other_addresses(text: str) -> Iterator[Hit]:
    """Addresses as exact, of whatever it may be: agencies and firms have rooms too."""
    return (hit for hit, is_home in _addresses(text) if not is_home)


def _addresses(text: str) -> list[tuple[Hit, bool]]:
    text = narrow(text)
    found = [(hit, True) for hit in _called_home(text)]
    for hit, is_home in (*_in_buildings(text), *_in_villages(text)):
        if not any(other.start < hit.end and hit.start < other.end for other, _home in found):
            found.append((hit, is_home))
    return sorted(found, key=lambda item: item[0].start)


def _called_home(text: str) -> Iterator[Hit]:
    for label in _HOME.finditer(text):
        rest = _REST.match(text, label.end())
        if rest is None or not _EXACT.search(rest[0]):
            continue
        exact = [
            part.end()
            for pattern in (_ROAD, _UNITS, _VILLAGE, _VILLAGE_GROUP)
            for part in pattern.finditer(rest[0])
        ]
        if exact:
            yield Hit(rest.start(), rest.start() + max(exact))


def _in_buildings(text: str) -> Iterator[tuple[Hit, bool]]:
    for units in _UNITS.finditer(text):
        window_start = max(0, units.start() - _BACK)
        window = text[window_start : units.start()].rpartition("\n")[2]
        window_start = units.start() - len(window)
        start = _beginning(window)
        near = window[start:] + units[0]
        road, dwelling = _ROAD.search(near), _DWELLING.search(near)
        has_room = _ROOM.search(units[0]) is not None
        if not (road or dwelling) or (not has_room and road is None):
            continue
        if not has_room and not re.search(r"栋|幢|号楼|座", units[0]):
            continue
        at_contact = _CONTACT.search(window[:start]) is not None
        is_home = has_room and not at_contact and (dwelling is not None or "单元" in units[0])
        yield Hit(window_start + start, units.end()), is_home


def _in_villages(text: str) -> Iterator[tuple[Hit, bool]]:
    for house in _VILLAGE.finditer(text):
        window = text[max(0, house.start() - _BACK) : house.start()].rpartition("\n")[2]
        start = _beginning(window)
        at_contact = _CONTACT.search(window[:start]) is not None
        yield Hit(house.start() - len(window) + start, house.end()), not at_contact


def _beginning(window: str) -> int:
    """Where the address that ends with the window begins: after the last mark or label."""
    start = 0
    for edge in _EDGE.finditer(window):
        start = edge.end()
    return start
