"""The tag tree: a document's structure, built from the model and not from the drawing.

`Tree` walks the document once and makes one `Element` per block, in reading order. The PDF writer
then asks for the element of each piece of text as it draws, and gives it a page and a marked-content
id. What is drawn and has no owner is an artifact.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    List,
    NodePath,
    Paragraph,
    QrCode,
    Ruler,
    Table,
    WriteIn,
    figure_text,
)
from booklet.paginate import Piece

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the corner of the page (ISO 32000-1 7.9.5)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Some marked content on a page."""

    page: int
    mcid: int


@dataclass(eq=False, slots=True)
class Annotation:
    """The area of a link on one line."""

    page: int
    box: Box
    href: str
    contents: str


@dataclass(eq=False, slots=True)
class Element:
    """A structure element (ISO 32000-1 14.7.2)."""

    role: str
    kids: list["Element | Mark | Annotation"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    alt: str = ""
    box: Box | None = None
    """Where a figure is; set when it is drawn."""

    def add(self, role: str, alt: str = "", **attributes: str) -> "Element":
        child = Element(role, attributes=attributes, alt=alt)
        self.kids.append(child)
        return child

    def __str__(self) -> str:
        """An outline of the tree, for golden files."""
        inner = [str(kid) for kid in self.kids if isinstance(kid, Element)]
        notes = [f"{key}={value}" for key, value in self.attributes.items()] + (
            [f'Alt="{self.alt}"'] if self.alt else []
        )
        return "\n".join([" ".join([self.role, *notes]), *("  " + line for kid in inner for line in kid.splitlines())])


class Tree:
    def __init__(self, document: Document) -> None:
        self.root = Element("Document")
        self.elements: dict[tuple[NodePath, str], Element] = {}
        self.marks: dict[tuple[NodePath, str, int], Element] = {}
        self.level = 0
        """Of the heading that was built last."""
        part = self.root
        for index, block in enumerate(document.blocks):
            match block:
                case Heading(level=1) | Emergency():
                    part = self.root.add("Sect")
                case _:
                    pass
            self._build(block, (index,), part)

    def _build(self, block: Block, path: NodePath, parent: Element) -> None:
        match block:
            case Heading(level):
                self.level = level
                self.elements[path, ""] = parent.add(f"H{level}")
            case Paragraph() | WriteIn():
                self.elements[path, ""] = parent.add("P")
            case Emergency(_, blocks):
                self.level = 1
                self.elements[path, "Title"] = parent.add("H1")
                self._inside(blocks, path, parent)
            case Admonition(_, _, blocks):
                box = parent.add("Sect")
                self.elements[path, "Title"] = box.add(f"H{min(self.level + 1, 3)}")  # no level is skipped
                self._inside(blocks, path, box)
            case List(items, start):
                element = parent.add("L", ListNumbering="Disc" if start is None else "Decimal")
                for n, item in enumerate(items):
                    li = element.add("LI")
                    self.elements[(*path, n), "Lbl"] = li.add("Lbl")
                    self._inside(item.blocks, (*path, n), li.add("LBody"))
            case Table(header, rows):
                element = parent.add("Table")
                head, body = element.add("THead"), element.add("TBody")
                for r, row in enumerate((header, *rows)):
                    tr = (body if r else head).add("TR")
                    for c, _ in enumerate(row):
                        cell = tr.add("TD") if r else tr.add("TH", Scope="Column")
                        self.elements[(*path, r, c), "Cell"] = cell
            case Ruler():
                self.elements[path, ""] = parent.add("P")
                self.elements[path, "Figure"] = parent.add("Figure", alt=figure_text(block))
            case QrCode():
                self.elements[path, "Figure"] = parent.add("Figure", alt=figure_text(block))
            case Contents(entries):
                self._contents(entries, path, parent)

    def _inside(self, blocks: tuple[Block, ...], path: NodePath, parent: Element) -> None:
        for index, block in enumerate(blocks):
            self._build(block, (*path, index), parent)

    def _contents(self, entries: tuple[object, ...], path: NodePath, parent: Element) -> None:
        toc = parent.add("TOC")
        for n, _ in enumerate(entries):
            link = toc.add("TOCI").add("Reference").add("Link")
            self.elements[(*path, n), "Entry"] = self.elements[(*path, n), "Page"] = link

    def element(self, piece: Piece) -> Element:
        """The element whose content this piece is; a link or bold run has one of its own."""
        assert piece.owner is not None, "an artifact has no element"
        base = self.elements[piece.owner, piece.tag]
        if base.role == "Link" or not (piece.href or piece.strong):
            return base
        key = (piece.owner, piece.tag, piece.run)
        if key not in self.marks:
            if piece.href:
                parent = base.add("Reference") if piece.href.startswith("#") else base
                self.marks[key] = parent.add("Link")
            else:
                self.marks[key] = base.add("Strong")
        return self.marks[key]
