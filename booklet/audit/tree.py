"""The tag tree of a PDF, flat: every element with its parent, its marks and what was said about it (ISO 32000-1 14.7)."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

import pikepdf

from booklet.audit.canvas import Owner
from booklet.audit.limits import DEEPEST, Effort, too_much

Key = tuple[int, int]
"""The object and generation number of a page, a form or an annotation."""
INLINE = frozenset(
    (
        "Span",
        "Link",
        "Reference",
        "Quote",
        "Em",
        "Strong",
        "Code",
        "Annot",
        "Ruby",
        "Warichu",
        "Lbl",
        "Note",
        "NonStruct",
    )
)
"""Elements inside a block; a label is, so that a number belongs to its entry."""
HEADINGS = frozenset(("H", "H1", "H2", "H3", "H4", "H5", "H6"))


class Element(NamedTuple):
    role: str
    """A standard one where the role map leads to one, without the slash."""
    parent: int
    """Its index; -1 for the top."""
    owners: list[Owner]
    annotations: list[Key]
    said: bool
    """It has an alternative or an actual text."""
    scope: bool
    """A header cell that says what it heads, or a cell that names its headers."""


class Tree:
    """Elements in the order of the document."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements
        self.of = {owner: index for index, element in enumerate(elements) for owner in element.owners}
        """The element of each piece of marked content."""
        self.kids: dict[int, list[int]] = {}
        for index, element in enumerate(elements):
            self.kids.setdefault(element.parent, []).append(index)

    def block(self, owner: Owner | None) -> int:
        """The element around marked content that stands on lines of its own; -1 where there is none."""
        index = self.of.get(owner, -1) if owner is not None else -1
        while index >= 0 and self.elements[index].role in INLINE and self.elements[index].parent >= 0:
            index = self.elements[index].parent
        return index

    def around(self, index: int) -> Iterator[str]:
        """The roles of an element and of all that it stands in."""
        while index >= 0:
            yield self.elements[index].role
            index = self.elements[index].parent

    def inside(self, index: int) -> Iterator[int]:
        """All that stands in an element, at any depth: it follows in the order of the document."""
        return takewhile(lambda each: self.elements[each].parent >= index, range(index + 1, len(self.elements)))


def read_tree(pdf: pikepdf.Pdf, effort: Effort) -> Tree | None:
    """The tree of a file; None where it has none. Raises RequestError when it is too deep or too large."""
    top: Any = pdf.Root.get("/StructTreeRoot")
    if not isinstance(top, pikepdf.Dictionary):
        return None
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return Tree(_Walk(pages, _roles(top.get("/RoleMap", {})), effort).elements_of(top.get("/K")))


def _roles(entries: Any) -> dict[str, str]:
    return {str(name): str(role) for name, role in entries.items()}


class _Walk:
    def __init__(self, pages: dict[Key, int], roles: dict[str, str], effort: Effort) -> None:
        self.pages, self.roles, self.effort = pages, roles, effort
        self.depths: list[int] = []
        """Of each element."""
        self.elements: list[Element] = []
        self.seen: set[Key] = set()

    def elements_of(self, top: Any) -> list[Element]:
        """Depth first, by a list of what is still to be visited: trees of other programs can be deeper than Python goes."""
        waiting: list[tuple[Any, int, int]] = [(top, -1, 0)]
        while waiting:
            item, parent, page = waiting.pop()
            self.effort.spend(20)
            if isinstance(item, int):
                if parent >= 0:
                    self.elements[parent].owners.append((page, item))
            elif isinstance(item, pikepdf.Dictionary):
                waiting += self.dictionary(item, parent, page)
            elif isinstance(item, pikepdf.Array):
                waiting += [(kid, parent, page) for kid in reversed(list(item))]
        return self.elements

    def dictionary(self, item: Any, parent: int, page: int) -> list[tuple[Any, int, int]]:
        """What a kid that is a dictionary brings: a mark, an annotation, or an element and its kids."""
        entries: dict[str, Any] = dict(item.items())
        if "/Pg" in entries:
            page = self.pages.get(entries["/Pg"].objgen, 0)
        role = entries.get("/S")
        if role is None:
            if parent >= 0 and entries.get("/Type") == "/OBJR" and "/Obj" in entries:
                self.elements[parent].annotations.append(entries["/Obj"].objgen)
            elif parent >= 0 and "/MCID" in entries:
                home = entries["/Stm"].objgen if "/Stm" in entries else page
                self.elements[parent].owners.append((home, int(entries["/MCID"])))
            return []
        key = item.objgen
        if key != (0, 0):
            if key in self.seen:
                return []
            self.seen.add(key)
        self.depths.append(self.depths[parent] + 1 if parent >= 0 else 0)
        if self.depths[-1] > DEEPEST:
            raise too_much()
        said = "/Alt" in entries or "/ActualText" in entries
        scope = "/C" in entries or ("/A" in entries and _scope(entries["/A"]))
        self.elements.append(Element(self.standard(str(role)), parent, [], [], said, scope))
        return [(entries.get("/K"), len(self.elements) - 1, page)]

    def standard(self, role: str) -> str:
        """Through the role map, which may lead on a few times."""
        for _ in range(8):
            if role not in self.roles:
                break
            role = self.roles[role]
        return role.removeprefix("/")


def _scope(attributes: Any) -> bool:
    each = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return any("/Scope" in one or "/Headers" in one for one in each if isinstance(one, pikepdf.Dictionary))
