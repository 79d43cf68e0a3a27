"""The agencies of the made-up content, as a tree, and who answers for what it publishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from disclosure.agencies import actions
from disclosure.agencies.models import Agency, RoleAssignment, User
from disclosure.agencies.roles import Role
from disclosure.demo.agencies import MAIL_DOMAIN, PHONE
from disclosure.load import words
from disclosure.load.texts import Maker

ROOT = "LOAD"
PEOPLE = {"load_publisher": Role.PUBLISHER, "load_handler": Role.HANDLER}


@dataclass(frozen=True)
class Planned:
    """An agency to be made; `parent` is its parent's code."""

    code: str
    parent: str
    maker: Maker
    level: str
    kind: str = Agency.Kind.DEPARTMENT


def plan(number: int) -> list[Planned]:
    """So many agencies: a province with its offices, then its cities with theirs, then counties
    below the cities."""
    serials = count(1)
    found: list[Planned] = []
    for each in _planned(serials):
        if len(found) == number:
            break
        found.append(each)
    return found


def _planned(serials: Iterator[int]) -> Iterator[Planned]:
    province = _government(words.PROVINCE, ROOT, "", Agency.Level.PROVINCE)
    yield province
    yield from _offices(province, serials)
    names = iter(words.places(400))
    cities = [
        _government(f"{next(names)}市", f"{ROOT}{next(serials):04d}", ROOT, Agency.Level.CITY)
        for _number in range(10)
    ]
    yield from cities
    for city in cities[:5]:
        yield from _offices(city, serials)
    for name in names:
        for city in cities:
            county = _government(
                f"{name}县" if city == cities[0] else f"{city.maker.place}{name}县",
                f"{ROOT}{next(serials):04d}",
                city.code,
                Agency.Level.COUNTY,
            )
            yield county
            yield from _offices(county, serials)


def _government(place: str, code: str, parent: str, level: str) -> Planned:
    maker = Maker(f"{place}人民政府", f"{place}政府", f"{place[0]}政", place)
    return Planned(code, parent, maker, level, Agency.Kind.GOVERNMENT)


def _offices(of: Planned, serials: Iterator[int]) -> Iterator[Planned]:
    few = len(words.OFFICES) // (2 if of.level == Agency.Level.COUNTY else 1)
    place = of.maker.place
    for name, short, sign in words.OFFICES[:few]:
        maker = Maker(f"{place}{name}", f"{place}{short}", f"{place[0]}{sign}", place)
        yield Planned(f"{ROOT}{next(serials):04d}", of.code, maker, of.level)


def agencies(number: int) -> list[tuple[Agency, Maker]]:
    """So many agencies with what their documents need of them; those there already are taken."""
    known = {one.code: one for one in Agency.objects.filter(code__startswith=ROOT)}
    found = []
    for each in plan(number):
        agency = known.get(each.code) or actions.create_agency(
            actor=None,
            agency=_agency(each),
            # A parent's count of children is read anew: the tree has moved on.
            parent=Agency.objects.get(code=each.parent) if each.parent else None,
        )
        found.append((agency, each.maker))
    return found


def _agency(each: Planned) -> Agency:
    return Agency(
        code=each.code,
        name=each.maker.name,
        short_name=each.maker.short,
        kind=each.kind,
        level=each.level,
        address=f"{each.maker.place}示例路1号（演示地址）",
        phone=PHONE,
        email=f"{each.code.lower()}@{MAIL_DOMAIN}",
        functions="压力测试用的虚构机关。",
    )


def person(name: str, root: Agency) -> User:
    """The account that did it all; nobody can sign in with it."""
    user, made = User.objects.get_or_create(
        username=name,
        defaults={"full_name": "压力测试（演示）", "email": f"{name}@{MAIL_DOMAIN}"},
    )
    if made:
        user.set_unusable_password()
        user.save()
    RoleAssignment.objects.get_or_create(
        user=user, agency=root, role=PEOPLE[name], defaults={"with_descendants": True}
    )
    return user
