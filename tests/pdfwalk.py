"""A walk through a PDF of ours, on what no validator sees (docs/pdf-ua.md): every mark has one place in the
tree, every operator is marked or an artifact, and the text through the tree can be compared with the document."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf

INLINE = {"Strong", "Link", "Reference", "Span"}
PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "Tj", "TJ", "'", '"'}


class Shown(NamedTuple):
    """A text on a page: where, how large and whose."""

    page: int
    mcid: int | None
    """None for an artifact."""
    x: float
    y: float
    width: float
    size: float
    text: str
    font: str


@dataclass
class Walk:
    data: bytes
    pdf: pikepdf.Pdf = field(init=False)
    shown: list[Shown] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    marks: dict[int, list[int]] = field(default_factory=dict)
    artifacts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pdf = pikepdf.open(BytesIO(self.data))
        for number, page in enumerate(self.pdf.pages, 1):
            self.page(number, page)
        self.tree_root = self.pdf.Root.StructTreeRoot
        self.order: list[tuple[int, int]] = []
        self.parents: dict[tuple[int, int], Any] = {}
        self.annotated: dict[int, Any] = {}
        self.texts: list[tuple[str, str]] = []
        """(role, text) of each element that is not inline, in the order of the tree."""
        self.numbers = {page.objgen: n for n, page in enumerate(self.pdf.pages, 1)}
        self.by_mark: dict[tuple[int, int], str] = {}
        for each in self.shown:
            if each.mcid is not None:
                key = each.page, each.mcid
                self.by_mark[key] = self.by_mark.get(key, "") + each.text
        self.element(self.tree_root.K)
        self.check_parent_tree()

    def page(self, number: int, page: pikepdf.Page) -> None:
        fonts = {str(name): _Font(font) for name, font in page.Resources.Font.items()}
        mcid: int | None = None
        inside, text, font, size, x, y = 0, False, None, 0.0, 0.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    inside += 1
                    if inside > 1:
                        self.faults.append(f"page {number}: marked content inside marked content")
                    mcid = int(operands[1].MCID) if "/MCID" in operands[1] else None
                    if mcid is None:
                        self.artifacts.add(str(operands[1].Type))
                    elif mcid in self.marks.setdefault(number, []):
                        self.faults.append(f"page {number}: MCID {mcid} twice")
                    else:
                        self.marks[number].append(mcid)
                case "EMC":
                    inside -= 1
                case "BT" | "ET" as token:
                    if text == (token == "BT"):
                        self.faults.append(f"page {number}: {token} out of place")
                    text = token == "BT"
                case "Tf":
                    font, size = fonts[str(operands[0])], float(operands[1])
                case "Td":
                    x, y = float(operands[0]), float(operands[1])
                case "cm" | "Tm" | "Tz" | "Tr" as token:
                    self.faults.append(f"page {number}: {token} would change the size that is measured")
                case "Tj":
                    assert font is not None
                    said, width = font.read(bytes(operands[0]))
                    self.shown.append(Shown(number, mcid, x, y, width * size, size, said, font.name))
                    x += width * size
                case _:
                    pass
            if str(operator) in PAINTS and not inside:
                self.faults.append(f"page {number}: {operator} outside marked content")
        if inside or text:
            self.faults.append(f"page {number}: marked content or text never ends")
        if self.marks.get(number, []) != list(range(len(self.marks.get(number, [])))):
            self.faults.append(f"page {number}: MCIDs are not 0 to n")

    def element(self, element: Any) -> str:
        role = str(element.S)[1:]
        home = self.numbers.get(element.Pg.objgen) if "/Pg" in element else None
        text = ""
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                self.annotated[kid.Obj.StructParent] = element
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                inner = self.element(kid)
                text += inner if str(kid.S)[1:] in INLINE else ""
            else:
                key = (
                    (self.numbers[kid.Pg.objgen], int(kid.MCID))
                    if isinstance(kid, pikepdf.Dictionary)
                    else (home or 0, int(kid))
                )
                if key in self.parents:
                    self.faults.append(f"page {key[0]}: MCID {key[1]} twice in the tree")
                self.parents[key] = element
                self.order.append(key)
                text += self.by_mark.get(key, "")
        if role not in INLINE and (text or role == "Figure"):
            self.texts.append((role, str(element.Alt) if role == "Figure" else text))
        return text

    def check_parent_tree(self) -> None:
        nums = list(self.tree_root.ParentTree.Nums)
        rows = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
        for number, page in enumerate(self.pdf.pages, 1):
            owners = rows[int(page.StructParents)]
            for mcid in self.marks.get(number, []):
                if self.parents.get((number, mcid)) is None:
                    self.faults.append(f"page {number}: MCID {mcid} is not in the tree")
                elif owners[mcid].objgen != self.parents[number, mcid].objgen:
                    self.faults.append(f"page {number}: MCID {mcid} has another owner in the parent tree")
            for annotation in page.get("/Annots", []):
                key = int(annotation.StructParent)
                if key not in self.annotated or rows[key].objgen != self.annotated[key].objgen:
                    self.faults.append(f"page {number}: annotation {key} is not its element's")
        for key in self.parents:
            if key[1] not in self.marks.get(key[0], []):
                self.faults.append(f"page {key[0]}: MCID {key[1]} is in the tree and not on the page")

    def lines(self) -> list[tuple[int, float, float, float, str]]:
        """(page, left, right, size, text) of each line of content, pieces of one height joined."""
        rows: dict[tuple[int, float], list[Shown]] = {}
        for each in self.shown:
            if each.mcid is not None:
                rows.setdefault((each.page, each.y), []).append(each)
        made = []
        for (page, _), pieces in rows.items():
            pieces.sort(key=lambda each: each.x)
            text = "".join(each.text for each in pieces)
            right = max(each.x + each.width - _space(each) for each in pieces)
            made.append((page, pieces[0].x, right, max(each.size for each in pieces), text))
        return made


def _space(each: Shown) -> float:
    """The width of spaces that end a line: they are there for readers and show nothing."""
    return (len(each.text) - len(each.text.rstrip())) * each.size * 0.35


class _Font:
    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont)[1:]
        self.embedded = "/FontFile2" in font.FontDescriptor
        cmap = bytes(font.ToUnicode.read_bytes()).decode()
        self.codes = {
            int(code, 16): bytes.fromhex(value).decode("utf-16-be")
            for code, value in re.findall(r"^<(\w{2})> <(\w{4,})>$", cmap, re.MULTILINE)
        }
        self.first = int(font.FirstChar)
        self.widths = [float(width) / 1000 for width in font.Widths]

    def read(self, codes: bytes) -> tuple[str, float]:
        text = "".join(self.codes[code] for code in codes)
        return text, sum(self.widths[code - self.first] for code in codes)
