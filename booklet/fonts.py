"""Typefaces: which face holds which character, and how wide text is in it.

`Ruler` is what the paginator measures with. A character that the chosen face lacks is set in the
fallback face of the same weight; one that no face has is a problem for the author or the reader.
"""

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from booklet.paths import FONTS, TYPEFACES
from booklet.theme import load_typefaces

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FALLBACK = {"Fallback": "DejaVuSans.ttf", "Fallback-Bold": "DejaVuSans-Bold.ttf"}
USUAL = "atkinson"
CONTROL = "\n\u00a0"
"""Characters that are laid out rather than drawn."""


@cache
def faces() -> dict[str, str]:
    """The file of each face: a family by its id, its heavier and bold faces with "-Medium" and "-Bold"."""
    named = dict(FALLBACK)
    for id, family in load_typefaces(TYPEFACES).items():
        named |= {id: family.regular, f"{id}-Medium": family.medium, f"{id}-Bold": family.bold}
    return named


@cache
def face(name: str) -> "TTFont":
    """The face, read once per process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(name, str(FONTS / faces()[name]))
    pdfmetrics.registerFont(font)
    return font


def fallback(name: str) -> str:
    """The face for characters that another lacks; it has no medium, and bold is nearer to one than regular is."""
    return "Fallback-Bold" if name.endswith(("-Bold", "-Medium")) else "Fallback"


class Ruler:
    """Measures text with the real faces."""

    def __init__(self) -> None:
        self.words: dict[str, list[tuple[int, int]]] = {}
        self.advances: dict[tuple[str, str], float] = {}
        self.owned: dict[str, set[str]] = {}
        """The characters of each face, and those that no face need have."""

    def width(self, text: str, font: str, size: float) -> float:
        """In points, for text that `spans` gave to this font."""
        try:
            return self.advances[text, font] * size
        except KeyError:
            widths = face(font).face.charWidths
            default = face(font).face.defaultWidth
            advance: float = sum(widths.get(ord(char), default) for char in text) / 1000
            self.advances[text, font] = advance
            return advance * size

    def spans(self, text: str, font: str) -> list[tuple[str, str]]:
        """The text cut where the face changes: (font, stretch) pairs, nearly always one."""
        owned = self.owned.get(font)
        if owned is None:
            owned = self.owned[font] = {*map(chr, face(font).face.charToGlyph), *CONTROL}
        if owned.issuperset(text):
            return [(font, text)] if text else []
        parts = groupby(text, key=owned.__contains__)
        return [(font if own else fallback(font), "".join(chars)) for own, chars in parts]


def unprintable(text: str, family: str = USUAL) -> str:
    """The characters of `text` that no face can set as they should be, each once.

    Scripts that run from right to left or join their letters need shaping, which this program does
    not do; setting them letter by letter would print them wrongly, so they count as missing.
    """
    return "".join(dict.fromkeys(char for char in text if not _can_set(char, family)))


def _can_set(char: str, family: str) -> bool:
    if char in CONTROL:
        return True
    if unicodedata.bidirectional(char) in ("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI"):
        return False
    if unicodedata.category(char) in ("Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn"):
        return False
    code = ord(char)
    return code in face(family).face.charToGlyph or code in face(fallback(family)).face.charToGlyph
