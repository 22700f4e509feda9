"""Pages to content streams: every mark on paper is marked content with an owner, or an artifact with a type.

Nothing of ReportLab is here: the writer passes in how text becomes codes of an embedded face.
"""

from collections.abc import Callable, Iterable

from booklet.model import NodePath
from booklet.paginate import Frame, Page, Piece, Placed, Rule
from booklet.pictures import drawing, placed
from booklet.theme import Stylesheet
from booklet.writers.tags import Annotation, Element, Mark, Tree

Encode = Callable[[str, str], list[tuple[str, bytes]]]
"""Text and face to (font resource, codes) pairs; a subset holds 256 characters, so a text may need several."""

ROOM = 0.3
"""Between the text and the frame of a box that goes on to the next page, in heights of its last line."""
UNDERLINE = (0.11, 0.05)
"""How far below the baseline a link is underlined and how thick, in sizes of its text."""


class Painter:
    """Draws one page after another and gives each element of the tree its marks and link areas."""

    def __init__(self, sheet: Stylesheet, tree: Tree, encode: Encode) -> None:
        self.sheet, self.tree, self.encode = sheet, tree, encode
        self.owners: list[list[Element]] = []
        """For each page, the element that owns each marked-content id."""
        self.places: dict[str, tuple[int, float]] = {}
        """The page of each anchor, and its height above the foot of that page in points."""
        self.code: list[str] = []
        self.open: Element | None = None
        self.left = 0.0
        self.ink, self.paper = sheet.ink, sheet.background
        self.said: dict[str, str] = {}
        """What the page has been told of each kind of setting: it keeps to it, so nothing is told twice."""

    def page(self, page: Page) -> str:
        """The content stream of the page."""
        self.code, self.left, self.said = [], self.sheet.left(page.number), {}
        self.ink, self.paper = page.colours or (self.sheet.ink, self.sheet.background)
        self.owners.append([])
        self.background()
        self.decoration(page)
        for line in page.lines:
            if line.strip.anchor:
                self.places[line.strip.anchor] = (page.number, self.up(line.top))
        self.content(page)
        self.close()
        if page.foot:
            self.artifact("/Type /Pagination /Subtype /Footer", self.unowned(page.foot))
        return "\n".join(self.code)

    def up(self, top: float) -> float:
        """From points below the top of the text block to points above the foot of the page."""
        return self.sheet.page[1] - self.sheet.top - top

    def background(self) -> None:
        if self.paper != "#ffffff":
            fill = _fill(0, 0, *self.sheet.page)
            self.artifact("/Type /Background", [self.setting("colour", _colour(self.paper)), fill])

    def decoration(self, page: Page) -> None:
        """Frames, rules, underlines and what is repeated: they say nothing that the words do not."""
        colour = self.setting("colour", _colour(self.ink))
        shapes = [
            self.rule(rule, line) for line in page.lines if line.strip.figure is None for rule in line.strip.rules
        ]
        shapes += [self.picture(line) for line in page.lines if line.strip.picture]
        shapes += self.frames(page.lines)
        shapes += [shape for line in page.lines for shape in self.underlines(line)]
        texts = [text for line in page.lines for text in self.unowned(line)]
        if shapes or texts:
            self.artifact("/Type /Layout", [colour, *shapes, *texts])
        elif colour:
            self.code.append(colour)

    def rule(self, rule: Rule, line: Placed) -> str:
        return _fill(self.left + rule.x, self.up(line.top + rule.top + rule.height), rule.width, rule.height)

    def picture(self, line: Placed) -> str:
        """A pictogram in the colour of the text; the words beside it say the same."""
        picture = line.strip.picture
        assert picture is not None
        x, y = self.left + picture.x, self.up(line.top + picture.size)
        return placed(drawing(picture.name), x, y, picture.size)

    def frames(self, lines: Iterable[Placed]) -> list[str]:
        """One frame around neighbouring strips that share it."""
        spans: dict[Frame, tuple[float, float]] = {}
        for line in lines:
            # a frame that ends has room of its own below the text
            goes_on = ROOM * line.strip.height if line.strip.pieces else 0.0
            for frame in line.strip.frames:
                top, _ = spans.get(frame, (line.top, 0.0))
                spans[frame] = (top, line.top + line.strip.height + goes_on)
        return [self.frame(frame, top, bottom) for frame, (top, bottom) in spans.items()]

    def frame(self, frame: Frame, top: float, bottom: float) -> str:
        x, y, height = self.left + frame.x, self.up(bottom), bottom - top
        if frame.kind == "bar":
            return _fill(x, y, frame.weight, height)
        half = frame.weight / 2
        box = f"{x + half:.2f} {y + half:.2f} {frame.width - frame.weight:.2f} {height - frame.weight:.2f}"
        return f"{frame.weight:g} w {box} re S"

    def underlines(self, line: Placed) -> list[str]:
        down, thick = UNDERLINE
        baseline = self.up(line.top + line.strip.baseline)
        return [
            _fill(self.left + p.x, baseline - (down + thick) * p.size, p.width, thick * p.size)
            for p in line.strip.pieces
            if p.href and p.tag not in ("Entry", "Page")
        ]

    def unowned(self, line: Placed) -> list[str]:
        """The artifacts of a line: running feet, leaders, headings that are repeated."""
        y = self.up(line.top + line.strip.baseline)
        return [self.text(piece, y) for piece in line.strip.pieces if piece.owner is None]

    def content(self, page: Page) -> None:
        """What the document says, in its own order: the lines of two cells side by side are not mixed."""
        owned: list[tuple[NodePath, Placed, Piece | None]] = []
        for line in page.lines:
            if line.strip.figure is not None:
                owned.append((line.strip.figure, line, None))
            owned += [(piece.owner, line, piece) for piece in line.strip.pieces if piece.owner is not None]
        links: dict[tuple[Element, float], Annotation] = {}
        for _, line, piece in sorted(owned, key=lambda each: each[0]):
            if piece is None:
                self.figure(line, page.number)
            else:
                self.piece(piece, line, page.number, links)
        for (element, _), annotation in links.items():
            element.kids.append(annotation)

    def piece(self, piece: Piece, line: Placed, page: int, links: dict[tuple[Element, float], Annotation]) -> None:
        y = self.up(line.top + line.strip.baseline)
        element = self.tree.element(piece)
        self.mark(element, page)
        self.code.append(self.text(piece, y))
        if piece.href:  # one area for each line of a link
            before = links.get((element, y))
            left, right = self.left + piece.x, self.left + piece.x + piece.width
            box = (before.box[0] if before else left, y - 0.25 * piece.size, right, y + 0.85 * piece.size)
            links[element, y] = Annotation(page, box, piece.href, (before.contents if before else "") + piece.text)

    def figure(self, line: Placed, page: int) -> None:
        strip = line.strip
        assert strip.figure is not None
        element = self.tree.elements[strip.figure, "Figure"]
        left = self.left + min(rule.x for rule in strip.rules)
        right = self.left + max(rule.x + rule.width for rule in strip.rules)
        element.box = (left, self.up(line.top + strip.height), right, self.up(line.top))
        self.mark(element, page)
        self.code += [self.setting("colour", _colour(self.ink)), *(self.rule(rule, line) for rule in strip.rules)]

    def mark(self, element: Element, page: int) -> None:
        """What is drawn next belongs to this element; neighbours of one owner share a mark."""
        if self.open is element:
            return
        self.close()
        owners = self.owners[-1]
        self.code.append(f"/{element.role} <</MCID {len(owners)}>> BDC")
        element.kids.append(Mark(page, len(owners)))
        owners.append(element)
        self.open = element

    def close(self) -> None:
        if self.open is not None:
            self.code.append("EMC")
            self.open = None

    def artifact(self, properties: str, code: list[str]) -> None:
        self.close()
        self.code += [f"/Artifact <<{properties}>> BDC", *code, "EMC"]

    def text(self, piece: Piece, y: float) -> str:
        code = [self.setting("colour", _colour(self.ink)), f"BT {self.left + piece.x:.2f} {y:.2f} Td"]
        if self.sheet.tracking:
            code.append(self.setting("spacing", f"{self.sheet.tracking * piece.size:g} Tc"))
        for font, codes in self.encode(piece.text, piece.font):
            code += [self.setting("font", f"{font} {piece.size:g} Tf"), f"({_escaped(codes)}) Tj"]
        return " ".join(filter(None, (*code, "ET")))

    def setting(self, kind: str, code: str) -> str:
        """The operators, or nothing where they were the last of their kind on this page."""
        if self.said.get(kind) == code:
            return ""
        self.said[kind] = code
        return code


def _fill(x: float, y: float, width: float, height: float) -> str:
    return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"


def _colour(colour: str) -> str:
    """Fill and stroke operators; black needs only its grey."""
    if colour == "#000000":
        return "0 g 0 G"
    values = " ".join(f"{int(colour[n : n + 2], 16) / 255:.4g}" for n in (1, 3, 5))
    return f"{values} rg {values} RG"


def _escaped(codes: bytes) -> str:
    return codes.decode("latin-1").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("\r", "\\r")
