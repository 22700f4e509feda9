"""Fonts of a PDF: codes to text and widths, and what the font says of itself (ISO 32000-1 9.6 to 9.10)."""

import re
from typing import Any, NamedTuple, TypeVar

import pikepdf

from booklet.audit.limits import Effort, unpacked

T = TypeVar("T")

UNMAPPED = "\ufffd"
"""Stands for a code that no map gives a letter."""
ITALIC, FORCE_BOLD = 1 << 6, 1 << 18
"""Bits of the flags of a font descriptor."""
ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
NAMES = {
    "space": " ",
    "nbspace": "\xa0",
    "exclam": "!",
    "quotedbl": '"',
    "numbersign": "#",
    "dollar": "$",
    "sterling": "\xa3",
    "percent": "%",
    "ampersand": "&",
    "quotesingle": "'",
    "quoteleft": "'",
    "quoteright": "'",
    "quotedblleft": '"',
    "quotedblright": '"',
    "parenleft": "(",
    "parenright": ")",
    "bracketleft": "[",
    "bracketright": "]",
    "asterisk": "*",
    "plus": "+",
    "less": "<",
    "equal": "=",
    "greater": ">",
    "comma": ",",
    "hyphen": "-",
    "endash": "\u2013",
    "emdash": "\u2014",
    "underscore": "_",
    "period": ".",
    "bullet": "\u2022",
    "degree": "\xb0",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "question": "?",
    "at": "@",
    "fi": "fi",
    "fl": "fl",
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
"""Glyph names that are no single letter (Adobe Glyph List): those that rules look for, quotes made straight."""


LETTERS = 16
"""The most that one code of a font may stand for."""


class Codes(dict[int, T]):
    """A value for each code, and one for all others."""

    def __init__(self, known: dict[int, T], otherwise: T) -> None:
        super().__init__(known)
        self.otherwise = otherwise

    def __missing__(self, code: int) -> T:
        return self.otherwise


class Face(NamedTuple):
    """A font as it is used: widths are shares of its size."""

    name: str
    embedded: bool
    mapped: bool
    """It has a ToUnicode map."""
    usual: bool
    """Without that map its codes can be told all the same: one of the usual Latin encodings (PDF/UA-1 7.21.7)."""
    italic: bool
    bold: bool
    light: bool
    step: int
    """Bytes in one code."""
    em: float
    """What its size is multiplied by to make the size of its letters: 1, but for Type 3 fonts."""
    texts: Codes[str]
    widths: Codes[float]
    space: float

    def read(self, codes: bytes) -> tuple[str, float, int]:
        """The text, how wide it is, and how many codes it is."""
        each = codes if self.step == 1 else [codes[n] << 8 | codes[n + 1] for n in range(0, len(codes) - 1, 2)]
        return "".join(map(self.texts.__getitem__, each)), sum(map(self.widths.__getitem__, each)), len(each)


def face_of(font: pikepdf.Object, effort: Effort) -> Face:
    kind = str(font.get("/Subtype", ""))
    inner: Any = font.DescendantFonts[0] if kind == "/Type0" else font
    about: Any = inner.get("/FontDescriptor", pikepdf.Dictionary())
    name = re.sub(r"^[A-Z]{6}\+", "", str(font.get("/BaseFont", font.get("/Name", "/unnamed")))[1:])
    flags, weight = int(about.get("/Flags", 0)), float(about.get("/FontWeight", 400))
    mapped = isinstance(font.get("/ToUnicode"), pikepdf.Stream)
    texts = {} if kind == "/Type0" else _encoding(font.get("/Encoding"))
    if mapped:
        texts |= _to_unicode(unpacked(font.ToUnicode).decode("latin-1"), effort)
    widths, width = _composite(inner, effort) if kind == "/Type0" else _simple(font, about, name, texts)
    spaces = (widths[code] for code, text in texts.items() if text in (" ", "\xa0") and code in widths)
    return Face(
        name=name,
        embedded=kind == "/Type3" or any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3")),
        mapped=mapped,
        usual=kind != "/Type0" and not flags & 4 and str(font.get("/Encoding", "")) in ENCODINGS,
        italic=bool(
            re.search("italic|oblique", name, re.IGNORECASE) or flags & ITALIC or float(about.get("/ItalicAngle", 0))
        ),
        bold=bool(re.search("bold|black|heavy", name, re.IGNORECASE) or weight >= 600 or flags & FORCE_BOLD),
        light=bool(re.search("Light|Thin|Hairline", name) or weight < 400),
        step=2 if kind == "/Type0" else 1,
        em=_em(font) if kind == "/Type3" else 1.0,
        texts=Codes(texts, UNMAPPED),
        widths=Codes(widths, width),
        space=next(spaces, 0.25),
    )


def _em(font: Any) -> float:
    """Letters of a Type 3 font are drawings: a thousand units are taken for its size, or else its own box."""
    down = abs(float(font.FontMatrix[3]))
    box = [float(v) for v in font.get("/FontBBox", [0, 0, 0, 0])]
    return 1.0 if abs(down - 0.001) < 1e-6 or not (high := abs(box[3] - box[1])) else down * high


def _encoding(encoding: Any) -> dict[int, str]:
    """The letters of the codes of a simple font (ISO 32000-1 9.6.6)."""
    is_table = isinstance(encoding, pikepdf.Dictionary)
    base = str(encoding.get("/BaseEncoding", "")) if is_table else str(encoding)
    codec = ENCODINGS.get(base, "cp1252")
    texts = {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}
    code = 0
    for each in encoding.get("/Differences", []) if is_table else []:
        if isinstance(each, int):
            code = each
            continue
        texts[code] = _letter(str(each)[1:])
        code += 1
    return texts


def _letter(name: str) -> str:
    stem = name.split(".", 1)[0] or name
    if match := re.fullmatch(r"(?:uni|u)([0-9A-Fa-f]{4,6})", stem):
        return chr(min(int(match[1], 16), 0x10FFFF))
    return str(NAMES.get(stem, stem if len(stem) == 1 else UNMAPPED))


def _to_unicode(cmap: str, effort: Effort) -> dict[int, str]:
    """A ToUnicode map, both of its forms (ISO 32000-1 9.10.3)."""
    texts: dict[int, str] = {}
    for block in _between(cmap, "beginbfchar", "endbfchar"):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            texts[int(code, 16)] = _utf16(value)
    for block in _between(cmap, "beginbfrange", "endbfrange"):
        for low, high, value, many in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^][]*)\])", block
        ):
            first, values = int(low, 16), [_utf16(each) for each in re.findall(r"<([0-9A-Fa-f\s]*)>", many)]
            text, count = _utf16(value), max(min(int(high, 16) - first + 1, 65536), 0)
            effort.spend(10 * count)
            for n in range(count):
                if many:
                    texts[first + n] = values[n] if n < len(values) else UNMAPPED
                elif text:
                    texts[first + n] = text[:-1] + chr(min(ord(text[-1]) + n, 0x10FFFF))
    return {code: text if text != "\0" else UNMAPPED for code, text in texts.items()}


def _between(cmap: str, begin: str, end: str) -> list[str]:
    """The blocks of a map, however many of them never end."""
    return [block.partition(end)[0] for block in cmap.split(begin)[1:]]


def _utf16(digits: str) -> str:
    digits = "".join(digits[: 8 * LETTERS].split())[: 4 * LETTERS]
    return bytes.fromhex(digits if len(digits) % 2 == 0 else f"0{digits}").decode("utf-16-be", "replace")


def _simple(font: Any, about: Any, name: str, texts: dict[int, str]) -> tuple[dict[int, float], float]:
    if "/Widths" not in font:
        return _standard(name, texts), 0.5
    scale = float(font.FontMatrix[0]) if "/FontMatrix" in font else 0.001
    first = int(font.get("/FirstChar", 0))
    widths = {first + n: float(width) * scale for n, width in enumerate(font.Widths)}
    return widths, float(about.get("/MissingWidth", 0)) * scale


def _standard(name: str, texts: dict[int, str]) -> dict[int, float]:
    """The widths of a standard font, which a PDF need not hold: ReportLab knows them (ISO 32000-1 9.6.2.2)."""
    from reportlab.pdfbase.pdfmetrics import getFont

    family = next((each for each in ("Courier", "Times") if each in name), "Helvetica")
    bold = "-Bold" if "Bold" in name else "-Roman" if family == "Times" else ""
    table = getFont(family + bold).widths
    return {code: table[text.encode("cp1252", "replace")[0]] / 1000 for code, text in texts.items() if text}


def _composite(inner: Any, effort: Effort) -> tuple[dict[int, float], float]:
    """The widths of a font with many letters: `c [w w]` or `first last w` (ISO 32000-1 9.7.4.3)."""
    widths: dict[int, float] = {}
    parts = iter(inner.get("/W", []))
    for first, second in zip(parts, parts, strict=False):
        if isinstance(second, pikepdf.Array):
            widths |= {int(first) + n: float(width) / 1000 for n, width in enumerate(second)}
        else:
            last, width = min(int(second), int(first) + 65535), float(next(parts, 0)) / 1000
            effort.spend(max(last - int(first), 0))
            widths |= dict.fromkeys(range(int(first), last + 1), width)
    return widths, float(inner.get("/DW", 1000)) / 1000
