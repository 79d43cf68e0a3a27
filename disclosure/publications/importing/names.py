"""Which agency or category a cell means; on request a new one is thought of for an unknown name,
and made once all rows have been looked at."""

import re
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from disclosure.agencies.actions import create_agency
from disclosure.agencies.models import CODE, Agency
from disclosure.agencies.own import own_agency
from disclosure.catalogue.actions import create_category
from disclosure.catalogue.models import Category
from disclosure.publications.importing.columns import CellProblem

Named = TypeVar("Named", Agency, Category)


def _plain(name: str) -> str:
    """A name without blanks, which tell no two names apart."""
    return "".join(name.split())


class Names(Generic[Named]):
    """All rows of a kind, found by code, by full name, by another name: in this order."""

    def __init__(self, *, create_missing: bool) -> None:
        self._create_missing = create_missing
        self._by_code: dict[str, Named] = {}
        self._by_name: dict[str, list[Named]] = {}
        self._by_alias: dict[str, list[Named]] = {}
        self._by_key: dict[int, Named] = {}
        self.made: list[Named] = []
        for one in self._all():
            self._learn(one)

    def _all(self) -> list[Named]:
        raise NotImplementedError

    def _aliases(self, one: Named) -> list[str]:
        return []

    def _think(self, cell: str) -> Named:
        """A new one of this name, not stored; raises ValidationError or CellProblem."""
        raise NotImplementedError

    def _make(self, thought: Named) -> Named:
        """Store what `_think` thought of."""
        raise NotImplementedError

    def _learn(self, one: Named) -> None:
        self._by_code[one.code] = one
        if one.pk is not None:
            self._by_key[one.pk] = one
        self._by_name.setdefault(_plain(one.name), []).append(one)
        for alias in self._aliases(one):
            self._by_alias.setdefault(_plain(alias), []).append(one)

    def coded(self, code: str) -> Named:
        """The one of this code, which is known."""
        return self._by_code[code]

    def keyed(self, key: int) -> Named:
        """The one of this key, which is known."""
        return self._by_key[key]

    def find(self, cell: str) -> Named:
        """What `cell` means; raises CellProblem where that is nothing, or not one thing."""
        if not cell:
            raise CellProblem(_("This must not be empty."))
        if cell in self._by_code:
            return self._by_code[cell]
        for names in (self._by_name, self._by_alias):
            found = names.get(_plain(cell), [])
            if len(found) > 1:
                raise CellProblem(
                    _("Several have this name; please give the code: %(codes)s")
                    % {"codes": "、".join(one.code for one in found)}
                )
            if found:
                return found[0]
        if not self._create_missing:
            raise CellProblem(_("There is none of this name or code: %(name)s") % {"name": cell})
        try:
            thought = self._think(cell)
        except ValidationError as error:
            raise CellProblem(" ".join(error.messages)) from error
        self.made.append(thought)
        self._learn(thought)
        return thought

    def make(self) -> None:
        """Store what was thought of; the objects that rows refer to get their keys."""
        for thought in self.made:
            stored = self._make(thought)
            for field in stored._meta.concrete_fields:
                setattr(thought, field.attname, getattr(stored, field.attname))

    def label(self, one: Named) -> str:
        """The name where it means this one and no other, else the code."""
        try:
            return one.name if self.find(one.name) == one else one.code
        except CellProblem:
            return one.code

    def _free_code(self, pattern: str) -> str:
        number = len(self._by_code) + 1
        while pattern.format(number) in self._by_code:
            number += 1
        return pattern.format(number)


class AgencyNames(Names[Agency]):
    """Agencies. A new one stands below the portal's own, so that its publishers reach it, and
    takes no requests: nobody there would answer."""

    def _all(self) -> list[Agency]:
        return list(Agency.objects.all())

    def _aliases(self, one: Agency) -> list[str]:
        return one.all_names[1:]

    def _think(self, cell: str) -> Agency:
        code = cell if re.fullmatch(CODE.regex, cell) else self._free_code("X{:04d}")
        agency = Agency(code=code, name=cell, accepts_requests=False)
        agency.clean_fields(exclude=["path", "depth", "numchild"])
        above = own_agency()
        if above is not None:
            # Whoever may publish below the portal's own agency may publish for it.
            agency.path, agency.depth = f"{above.path}{'':?<{Agency.steplen}}", above.depth + 1
        return agency

    def _make(self, thought: Agency) -> Agency:
        fresh = Agency(code=thought.code, name=thought.name, accepts_requests=False)
        return create_agency(actor=None, agency=fresh, parent=own_agency(), reason="import")


class CategoryNames(Names[Category]):
    """Categories. A new one stands at the top, for staff to put in its place."""

    def _all(self) -> list[Category]:
        return list(Category.objects.all())

    def _think(self, cell: str) -> Category:
        code = cell if re.fullmatch(r"[a-z][a-z0-9-]{1,31}", cell) else self._free_code("x{:04d}")
        category = Category(code=code, name=cell)
        category.clean_fields(exclude=["path", "depth", "numchild"])
        return category

    def _make(self, thought: Category) -> Category:
        fresh = Category(code=thought.code, name=thought.name)
        return create_category(actor=None, category=fresh)
