"""Content streams to what they paint, operator by operator (ISO 32000-1 8.4 to 9.4).

Each stream is parsed once, however often it is drawn. What optional content or a soft mask hides is read as if it showed.
"""

import warnings
from collections.abc import Callable, Iterable
from typing import Any, cast

import pikepdf

from booklet.audit import colours
from booklet.audit.canvas import Canvas, Ink, Owner, Paint
from booklet.audit.colours import BLACK, Space, cmyk, grey, rgb, unknown
from booklet.audit.faces import Face, face_of
from booklet.audit.geometry import SAME, Box, Matrix, moved, times
from booklet.audit.limits import MOST_FAULTS, Effort, unpacked
from booklet.audit.state import Operands, Path, State, matrix_of
from booklet.audit.writing import show

Instructions = list[tuple[Operands, str]]
DEPTH = 12
"""Of forms in forms: one that draws itself ends here."""
MALFORMED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, pikepdf.PdfError)
"""What reading something raises that is not what it should be."""
HIDDEN = (3, 7)
"""Modes in which text leaves no mark (ISO 32000-1 9.3.6)."""


class Shared:
    """What several pages use and is read once: faces and forms; and what all of them may take together."""

    def __init__(self) -> None:
        self.effort = Effort()
        self.faces: dict[tuple[int, int], Face] = {}
        self.forms: dict[tuple[int, int], Instructions] = {}

    def face(self, font: pikepdf.Object) -> Face:
        key = font.objgen
        if key not in self.faces or key == (0, 0):
            self.faces[key] = face_of(font, self.effort)
        return self.faces[key]

    def form(self, form: pikepdf.Object, faults: list[str]) -> Instructions:
        key = form.objgen
        if key not in self.forms:
            self.forms[key] = parsed(form, faults)
        return self.forms[key]


def parsed(stream: pikepdf.Object | pikepdf.Page, faults: list[str]) -> Instructions:
    """The operators of a stream; of one that is damaged those that can be read, and what is wrong is added to the faults."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            unpacked(stream.obj.get("/Contents") if isinstance(stream, pikepdf.Page) else stream)
            found = pikepdf.parse_content_stream(stream)
        except MALFORMED as e:
            faults.append(str(e))
            return []
    faults += [str(each.message) for each in said]
    return [(cast(Operands, each.operands), str(each.operator)) for each in found]


class Reader:
    """Reads one stream onto a canvas; a form that it draws is read by a reader of its own."""

    def __init__(
        self, canvas: Canvas, shared: Shared, resources: Any, state: State, home: int | tuple[int, int]
    ) -> None:
        self.canvas, self.shared, self.resources, self.state, self.home = canvas, shared, resources, state, home
        self.depth = 0
        self.saved: list[State] = []
        self.marks: list[tuple[Owner | None, bool]] = [(None, False)]
        self.path, self.clipping = Path(), False
        self.matrix: Matrix = SAME
        self.line: Matrix = SAME
        self.fonts: dict[str, Face] = {}

    def read(self, instructions: Instructions) -> None:
        self.shared.effort.spend(len(instructions) + 1000)  # a form that draws forms takes long without many operators
        for operands, operator in instructions:
            act = OPERATORS.get(operator)
            if act is None:
                continue
            try:
                act(self, operands)
            except MALFORMED as e:
                if len(self.canvas.faults) < MOST_FAULTS:
                    self.canvas.faults.append(f"{operator} ({type(e).__name__})")

    def save(self, _: Operands) -> None:
        self.saved.append(self.state.copy())

    def restore(self, _: Operands) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def extended(self, operands: Operands) -> None:
        for key, value in self.resources.ExtGState[str(operands[0])].items():
            match key:
                case "/ca":
                    self.state.fill_alpha = float(value)
                case "/CA":
                    self.state.stroke_alpha = float(value)
                case "/LW":
                    self.state.width = float(value)
                case "/Font":
                    self.state.face, self.state.size = self.shared.face(value[0]), float(value[1])
                case _:
                    pass

    def space(self, operands: Operands, stroke: bool = False) -> None:
        name = str(operands[0])
        space = colours.DEVICE.get(name) or unknown
        if space is unknown and name != "/Pattern":
            space = colours.space_of(self.resources.ColorSpace[name])
        self.state.set_colour(space, None if space is unknown else BLACK, stroke)

    def colour(self, operands: Operands, space: Space | None = None, stroke: bool = False) -> None:
        space = space or (self.state.stroke_space if stroke else self.state.fill_space)
        colour = None if space is unknown else space([float(value) for value in operands])
        self.state.set_colour(space, colour, stroke)

    def ink(self, stroke: bool = False) -> Ink:
        return self.state.ink(stroke, *self.marks[-1])

    def finish(self, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> None:
        """Paint the path, then clip to it where that was asked for."""
        path = self.path
        if path.rings and fill:
            self.canvas.paint(path.filled(self.ink(), even_odd), self.state.clip, solid=True)
        if path.rings and stroke:
            a, b, c, d, _, _ = self.state.matrix
            mark, solid = path.stroked(self.ink(stroke=True), self.state.width * abs(a * d - b * c) ** 0.5)
            self.canvas.paint(mark, self.state.clip, solid)
        if path.rings and self.clipping:
            self.state.narrow(path.box())
        self.path, self.clipping = Path(), False

    def shade(self, _: Operands) -> None:
        area = self.state.clip or self.canvas.sheet
        self.canvas.paint(Paint(area, self.ink()._replace(colour=None)), None, solid=True)

    def draw(self, operands: Operands) -> None:
        drawn = self.resources.XObject[str(operands[0])]
        if drawn.get("/Subtype") != "/Form":
            self.picture(operands)
        elif self.depth < DEPTH:
            state = self.state.copy()
            state.transform(drawn.get("/Matrix", SAME))
            if "/BBox" in drawn:
                left, bottom, right, top = (float(value) for value in drawn.BBox)
                state.narrow(moved(state.matrix, Box(left, bottom, right, top)))
            inner = Reader(self.canvas, self.shared, drawn.get("/Resources", self.resources), state, drawn.objgen)
            inner.marks, inner.depth = [self.marks[-1]], self.depth + 1
            inner.read(self.shared.form(drawn, self.canvas.faults))

    def picture(self, _: Operands) -> None:
        box = moved(self.state.matrix, Box(0, 0, 1, 1))
        self.canvas.paint(Paint(box, self.ink(), image=True), self.state.clip, solid=True)

    def begin_marked(self, operands: Operands) -> None:
        owner, artifact = self.marks[-1]
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self.resources.get("/Properties", {}).get(str(properties))
        if str(operands[0]) == "/Artifact":
            owner, artifact = None, True
        elif isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
            owner, artifact = (self.home, int(properties.get("/MCID", 0))), False
        self.marks.append((owner, artifact))

    def end_marked(self, _: Operands) -> None:
        if len(self.marks) > 1:
            self.marks.pop()

    def begin_text(self, _: Operands) -> None:
        self.matrix = self.line = SAME

    def font(self, operands: Operands) -> None:
        name = str(operands[0])
        if name not in self.fonts:
            self.fonts[name] = self.shared.face(self.resources.Font[name])
        self.state.face, self.state.size = self.fonts[name], float(operands[1])

    def text_matrix(self, operands: Operands) -> None:
        self.matrix = self.line = matrix_of(operands)

    def next_line(self, x: float, y: float) -> None:
        self.matrix = self.line = times((1, 0, 0, 1, x, y), self.line)

    def move_down(self, operands: Operands) -> None:
        """Td, and set the leading to it."""
        self.state.leading = -float(operands[1])
        self.next_line(float(operands[0]), float(operands[1]))

    def show(self, items: Iterable[Any]) -> None:
        ink = self.ink(stroke=self.state.mode in (1, 5))
        if ink.owner is None and not ink.artifact:
            self.canvas.unmarked[0] += 1
        texts, self.matrix = show(self.canvas.page, self.state, self.matrix, ink, items)
        if self.state.mode not in HIDDEN:
            for text in texts:
                self.canvas.write(text, self.state.clip, ink.alpha)

    def show_below(self, text: Any) -> None:
        self.next_line(0, -self.state.leading)
        self.show((text,))

    def show_spaced(self, operands: Operands) -> None:
        self.state.word_spacing, self.state.spacing = float(operands[0]), float(operands[1])
        self.show_below(operands[2])


Act = Callable[[Reader, Operands], None]


def _paints(**how: bool) -> Act:
    return lambda reader, _: reader.finish(**how)


def _sets(name: str, share: float = 1) -> Act:
    return lambda reader, operands: setattr(reader.state, name, float(operands[0]) * share)


def _curves(kind: str) -> Act:
    return lambda reader, o: reader.path.curve(reader.state.matrix, kind, [float(value) for value in o])


OPERATORS: dict[str, Act] = {
    "q": Reader.save,
    "Q": Reader.restore,
    "cm": lambda reader, o: reader.state.transform(o),
    "w": _sets("width"),
    "gs": Reader.extended,
    "cs": Reader.space,
    "CS": lambda reader, o: reader.space(o, stroke=True),
    "sc": Reader.colour,
    "scn": Reader.colour,
    "SC": lambda reader, o: reader.colour(o, stroke=True),
    "SCN": lambda reader, o: reader.colour(o, stroke=True),
    "g": lambda reader, o: reader.colour(o, grey),
    "G": lambda reader, o: reader.colour(o, grey, stroke=True),
    "rg": lambda reader, o: reader.colour(o, rgb),
    "RG": lambda reader, o: reader.colour(o, rgb, stroke=True),
    "k": lambda reader, o: reader.colour(o, cmyk),
    "K": lambda reader, o: reader.colour(o, cmyk, stroke=True),
    "m": lambda reader, o: reader.path.move(reader.state.matrix, float(o[0]), float(o[1])),
    "l": lambda reader, o: reader.path.straight(reader.state.matrix, float(o[0]), float(o[1])),
    "c": _curves("c"),
    "v": _curves("v"),
    "y": _curves("y"),
    "re": lambda reader, o: reader.path.rectangle(reader.state.matrix, *(float(value) for value in o)),
    "f": _paints(fill=True),
    "F": _paints(fill=True),
    "f*": _paints(fill=True, even_odd=True),
    "S": _paints(stroke=True),
    "s": _paints(stroke=True),
    "B": _paints(fill=True, stroke=True),
    "b": _paints(fill=True, stroke=True),
    "B*": _paints(fill=True, stroke=True, even_odd=True),
    "b*": _paints(fill=True, stroke=True, even_odd=True),
    "n": _paints(),
    "W": lambda reader, _: setattr(reader, "clipping", True),
    "W*": lambda reader, _: setattr(reader, "clipping", True),
    "sh": Reader.shade,
    "Do": Reader.draw,
    "INLINE IMAGE": Reader.picture,
    "BMC": Reader.begin_marked,
    "BDC": Reader.begin_marked,
    "EMC": Reader.end_marked,
    "BT": Reader.begin_text,
    "Tf": Reader.font,
    "Tc": _sets("spacing"),
    "Tw": _sets("word_spacing"),
    "Tz": _sets("scale", 0.01),
    "TL": _sets("leading"),
    "Ts": _sets("rise"),
    "Tr": lambda reader, o: setattr(reader.state, "mode", int(o[0])),
    "Td": lambda reader, o: reader.next_line(float(o[0]), float(o[1])),
    "TD": Reader.move_down,
    "Tm": Reader.text_matrix,
    "T*": lambda reader, _: reader.next_line(0, -reader.state.leading),
    "Tj": lambda reader, o: reader.show(o),
    "TJ": lambda reader, o: reader.show(o[0]),
    "'": lambda reader, o: reader.show_below(o[0]),
    '"': Reader.show_spaced,
}
"""An operator that is not here changes nothing that is judged. Of a path, where it is closed makes no difference."""
