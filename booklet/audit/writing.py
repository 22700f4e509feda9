"""Text that is shown, to words with places and sizes (ISO 32000-1 9.4)."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from booklet.audit.canvas import FALL, RISE, TAIL, TAILED, Ink, Text
from booklet.audit.colours import WHITE
from booklet.audit.faces import Face
from booklet.audit.geometry import Box, Matrix, at, moved, narrowing, rendered, slant, times, turn
from booklet.audit.limits import LONGEST_TEXT
from booklet.audit.state import State

WORD_GAP, TAB = 0.2, 1.0
"""A move that is as good as a space, and one that begins another text, in sizes."""
LEVEL = 1.0
"""Degrees by which a line may be out."""
SPACES = " \xa0"


def show(page: int, state: State, matrix: Matrix, ink: Ink, items: Iterable[Any]) -> tuple[list[Text], Matrix]:
    """The texts of one operator, and the text matrix after it."""
    face = state.face
    if face is None:
        return [], matrix
    texts, words = [], _Words(state, face)
    for item in items:
        if isinstance(item, int | float | Decimal):
            move = -float(item) / 1000 * state.size * state.scale
            if move <= TAB * abs(state.size):
                words.move(move)
                continue
            texts += words.placed(page, matrix, ink)
            matrix = times((1, 0, 0, 1, words.width + words.pending + move, 0), matrix)
            words = _Words(state, face)
        else:
            words.add(bytes(item))
    texts += words.placed(page, matrix, ink)
    return texts, times((1, 0, 0, 1, words.width + words.pending, 0), matrix)


class _Words:
    """One text as it grows; widths are along the baseline, in units of text space."""

    def __init__(self, state: State, face: Face) -> None:
        self.state, self.face = state, face
        self.text = ""
        self.width = self.ink = self.pending = 0.0
        self.space = (face.space * state.size + state.spacing) * state.scale
        self.space += state.word_spacing * state.scale * (face.step == 1)

    def move(self, by: float) -> None:
        """Kerning, or a gap; the text that follows tells."""
        self.pending += by

    def add(self, codes: bytes) -> None:
        text, share, count = self.face.read(codes)
        if self.pending:
            self.close(text)
        wide = (share * self.state.size + count * self.state.spacing) * self.state.scale
        if self.state.word_spacing and self.face.step == 1:
            wide += codes.count(32) * self.state.word_spacing * self.state.scale
        gaps = text.count(" ") + text.count("\xa0")
        self.text += text
        self.width += wide
        self.ink += wide - gaps * self.space

    def close(self, after: str) -> None:
        """What was moved, once both of its neighbours are known: by a space it widens the gap."""
        if after[:1] not in SPACES and self.text[-1:] not in SPACES:
            if self.pending > WORD_GAP * abs(self.state.size):
                self.text += " "
            else:
                self.ink += self.pending
        self.width += self.pending
        self.pending = 0.0

    def placed(self, page: int, matrix: Matrix, ink: Ink) -> list[Text]:
        """The text without the spaces around it, unless that is nothing."""
        bare = self.text.strip()
        if not bare or not self.state.size:
            return []
        begin = (len(self.text) - len(self.text.lstrip())) * self.space
        end = self.width - (len(self.text) - len(self.text.rstrip())) * self.space
        whole = times(matrix, self.state.matrix)
        along, leaning, narrow, angle = _shape(whole[:4], self.state.scale, self.state.size > 0)
        size = abs(self.state.size * self.face.em) * along
        x0, y = at(whole, begin, self.state.rise)
        x1, _ = at(whole, end, self.state.rise)
        fall = TAIL if not TAILED.isdisjoint(bare) else FALL
        if angle:
            up = self.state.size * self.face.em
            box = moved(whole, Box(begin, self.state.rise - fall * up, end, self.state.rise + RISE * up))
            x0, x1, y = box.left, box.right, (box.bottom + box.top) / 2
        else:
            box = Box(x0, y - fall * size, x1, y + RISE * size)
        text = Text(
            page=page,
            text=bare[:LONGEST_TEXT],
            x0=x0,
            x1=x1,
            y=y,
            size=size,
            ink=self.ink * (whole[0] ** 2 + whole[1] ** 2) ** 0.5,
            narrowing=narrow,
            slant=leaning,
            turn=angle,
            face=self.face,
            colour=ink.colour,
            behind=WHITE,
            over_image=False,
            owner=ink.owner,
            artifact=ink.artifact,
            box=box,
        )
        return [text]


@lru_cache(maxsize=1024)
def _shape(turned: tuple[float, float, float, float], scale: float, upright: bool) -> tuple[float, float, float, float]:
    """What a matrix makes of letters: their height, slant and narrowing, and where their line runs."""
    matrix: Matrix = (*turned, 0, 0)
    angle = turn(matrix if upright else times((-1, 0, 0, -1, 0, 0), matrix))
    return rendered(matrix, 1), slant(matrix), narrowing(matrix, scale), 0.0 if abs(angle) < LEVEL else angle
