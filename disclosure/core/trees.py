"""A tree of agencies or categories read once a page: choices, what is below, the way up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

Choice = tuple[str, object]


@dataclass(frozen=True)
class Node:
    """One row of the tree, with its name in the reader's language."""

    id: int
    code: str
    label: str
    path: str
    depth: int
    is_active: bool


class Tree:
    """All nodes in the order of the tree, from one query."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = list(nodes)
        self.by_code = {node.code: node for node in self.nodes}

    @classmethod
    def load(cls, queryset: QuerySet) -> "Tree":
        """The tree of a treebeard model that has `code`, `name`, `name_en` and `is_active`."""
        english = (get_language() or "").startswith("en")
        rows = queryset.order_by("path").values_list(
            "pk", "code", "name", "name_en", "path", "depth", "is_active"
        )
        return cls(
            Node(pk, code, (english and name_en) or name, path, depth, active)
            for pk, code, name, name_en, path, depth, active in rows
        )

    def below(self, code: str) -> list[int]:
        """The ids of the node with this code and of all below it."""
        top = self.by_code[code]
        return [node.id for node in self.nodes if node.path.startswith(top.path)]

    def covers_all(self, code: str) -> bool:
        """Whether everything hangs on this one node."""
        path = self.by_code[code].path
        return all(node.path.startswith(path) for node in self.nodes)

    def way_to(self, node_id: int) -> list[Node]:
        """The node with this id and what stands above it, from the top."""
        target = next((node for node in self.nodes if node.id == node_id), None)
        if target is None:
            return []
        return [node for node in self.nodes if target.path.startswith(node.path)]

    def choices(self, *, chosen: str = "") -> list[Choice]:
        """Choices for a <select>: a group for each root that has something below it.

        What is out of use is left out, unless it is the one chosen.
        """
        roots: list[tuple[Node, list[Node]]] = []
        for node in self.nodes:
            if not node.is_active and node.code != chosen:
                continue
            if roots and node.path.startswith(roots[-1][0].path):
                roots[-1][1].append(node)
            else:
                roots.append((node, []))
        choices: list[Choice] = []
        for root, below in roots:
            if not below:
                choices.append((root.code, root.label))
                continue
            whole = gettext("%(name)s (all)") % {"name": root.label}
            inner = [(root.code, whole)] + [
                (node.code, "\u3000" * (node.depth - root.depth - 1) + node.label) for node in below
            ]
            choices.append((root.label, inner))
        return choices
