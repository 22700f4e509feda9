"""Print to uncontracted Unified English Braille (UEB, grade 1), in the letters of North American ASCII braille.

Rule numbers are those of *The Rules of Unified English Braille*, 2nd edition 2013 (International Council on English
Braille). A cell is one character: lower case letters here, capitals in the file, which embossers read alike.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

BLANK = "\u00a0"
"""A space within one number (6.6)."""
NUMBER = re.compile(r"(?<![\d.,/-])(?:(?:0\d*|\+\d+)(?: \d+)+|\d{1,3}(?: \d{3})+)(?![.,/-]?\d)")
"""Groups of digits that are one number: a telephone number, or thousands (6.6)."""

CAPITAL, WORD, PASSAGE, TERMINATOR = ",", ",,", ",,,", ",'"
NUMERIC, GRADE_1 = "#", ";"
PASSAGE_LENGTH = 3
"""Words that make a passage rather than single words (8.5, 9.4)."""
BOLD_WORD, BOLD_PASSAGE, BOLD_END = "^1", "^7", "^'"
NOTE = ("@.<", "@.>")
"""Around what the transcriber says and print does not (3.27)."""

OPEN, CLOSE = "\u2402", "\u2403"
"""Stand for the signs of a transcriber's note until they are written."""

DIGITS = dict(zip("1234567890", "abcdefghij", strict=True))
SIGNS = {
    ".": "4", ",": "1", ":": "3", ";": "2", "!": "6", "?": "8", "'": "'", "-": "-", "\u2010": "-", "\u2011": "-",
    "\u2013": ",-", "\u2014": ",-", "\u2015": '",-', "_": ".-", "\u2026": "444", "\u201c": "8", "\u201d": "0",
    "\u2018": ",8", "(": '"<', ")": '">', "[": ".<", "]": ".>", "{": "_<", "}": "_>", "<": "@<", ">": "@>",
    "/": "_/", "\\": "_*", "|": "_\\", "~": "@9", "^": "@5", "@": "@a", "&": "@&", "#": "_?", "*": '"9', "%": ".0",
    "+": '"6', "=": '"7', "\u2212": '"-', "\u00d7": '"8', "\u00f7": '"/', "\u00b0": "^j", "\u2032": "7", "\u2033": "77",
    "\u00a3": "@l", "$": "@s", "\u20ac": "@e", "\u00a2": "@c", "\u00a5": "@y", "\u00a9": "^c", "\u00ae": "^r",
    "\u2122": "^t", "\u00a7": "^s", "\u00b6": "^p", "\u2022": "_4", "\u2713": "@%", "\u2192": "\\o", "\u2190": "\\[",
    "\u00b2": "9#b", "\u00b3": "9#c", "\u00bd": "#a/b", "\u00bc": "#a/d", "\u00be": "#c/d", "\u2153": "#a/c",
    "\u2154": "#b/c",
}  # fmt: skip
"""Punctuation (7), general symbols (3), simple fractions (6.4)."""
ACCENTS = {
    "\u0301": "^/", "\u0300": "^*", "\u0302": "^%", "\u0308": "^3", "\u0303": "^]", "\u0327": "^&", "\u030a": "^$",
    "\u030c": "^+", "\u0304": "@-", "\u0306": "@+",
}  # fmt: skip
"""Modifiers, before the letter and after its capital sign (4.2)."""
LETTERS = {"\u00f8": "@/o", "\u00e6": "a^6e", "\u0153": "o^6e", "\u00df": "ss"}
"""Letters that are not a letter and a mark: a stroke (4.2), ligatures (4.3)."""


def uncontracted(text: str) -> str:
    """One line of print as cells, words parted by single blanks as `words` parts them.

    A character that has no sign here is written as what it looks like or, failing that, its name in a transcriber's
    note: nothing that a person typed is left out.
    """
    found = words(text)
    passages = {n: span for span in in_capitals(found) for n in range(span[0], span[1] + 1)}
    quoted = False
    made = []
    for n, word in enumerate(found):
        first, last = passages.get(n, (-1, -1))
        reader = _Word(word, n in passages, n == first, quoted)
        made.append(reader.cells() + (TERMINATOR if n == last else ""))
        quoted = reader.quoted
    return " ".join(made)


def words(text: str) -> list[str]:
    """The words of a line; a number with spaces in it is one, with BLANK for its spaces."""
    text = "".join(_known(char) for char in unicodedata.normalize("NFC", " ".join(text.split())))
    text = NUMBER.sub(lambda found: found[0].replace(" ", BLANK), text)
    return [word for word in text.split(" ") if word]


def number(value: int) -> str:
    """A whole number, such as that of a page."""
    return NUMERIC + "".join(DIGITS[digit] for digit in str(value))


def is_known(char: str) -> bool:
    """Whether UEB as it is written here has a sign for a character."""
    lower = unicodedata.normalize("NFD", char.lower())
    letter = lower[0] in "abcdefghijklmnopqrstuvwxyz" and all(mark in ACCENTS for mark in lower[1:])
    return letter or char.lower() in LETTERS or char in DIGITS or char in SIGNS or char in '"\u2019 '


def _known(char: str) -> str:
    if is_known(char) or char == BLANK:
        return char
    if unicodedata.category(char) in ("Cf", "Cc", "Mn"):
        return ""  # it has no shape of its own
    alike = unicodedata.normalize("NFKC", char)
    if all(is_known(each) for each in alike):
        return alike
    name = unicodedata.name(char, f"character {ord(char):x}").lower()
    return f"{OPEN}{name.replace(' ', '-')}{CLOSE}"


def in_capitals(found: Sequence[str]) -> list[tuple[int, int]]:
    """The first and last word of each run of words in capitals (8.5); numbers may stand among them."""
    spans = []
    run: list[int] = []
    for n, word in enumerate([*found, "a"]):
        if word.upper() == word and word.lower() != word:
            run.append(n)
        elif any(char.isalpha() for char in word):
            if len(run) >= PASSAGE_LENGTH:
                spans.append((run[0], run[-1]))
            run = []
    return spans


@dataclass
class _Word:
    """One word, read from left to right with the modes that are open."""

    text: str
    capitals: bool
    """It is in a passage of capitals."""
    opens: bool
    """It is the first of the passage."""
    quoted: bool
    """A single quotation mark is open."""
    numeric: bool = False
    in_capitals: bool = False

    def cells(self) -> str:
        return "".join(self.sign(n, char) for n, char in enumerate(self.text))

    def sign(self, n: int, char: str) -> str:
        if char in DIGITS:
            before = "" if self.numeric else NUMERIC
            self.numeric, self.in_capitals = True, False
            return before + DIGITS[char]
        if self.numeric and char in ".,":
            return SIGNS[char]
        if char == BLANK:
            return '"'
        if char.isalpha():
            return self.letter(n, char)
        self.numeric, self.in_capitals = char in "\u00bd\u00bc\u00be\u2153\u2154\u00b2\u00b3", False
        return self.mark(n, char)

    def letter(self, n: int, char: str) -> str:
        base, *marks = list(unicodedata.normalize("NFD", char.lower()))
        cells = LETTERS.get(char.lower()) or "".join(ACCENTS[mark] for mark in marks) + base
        before = ""
        if char.isupper():
            if self.opens:
                before, self.opens = PASSAGE, False
            elif not self.capitals and not self.in_capitals:
                self.in_capitals = self.text[n + 1 : n + 2].isupper()
                before = WORD if self.in_capitals else CAPITAL
        elif self.in_capitals:
            before, self.in_capitals = TERMINATOR, False
        if self.numeric and not before and cells[0] in DIGITS.values():
            before = GRADE_1  # it would be read as a digit (6.5)
        self.numeric = False
        return before + cells

    def mark(self, n: int, char: str) -> str:
        before = self.text[:n].rstrip('"')
        starts = not before or before[-1] in "([{<-\u2013\u2014\u201c\u2018"
        match char:
            case '"':
                return ",7" if self.text == '"' else "8" if starts and n + 1 < len(self.text) else "0"
            case "?" if starts:
                return GRADE_1 + SIGNS[char]  # it would be read as a quotation mark (7.5)
            case "\u2018":
                self.quoted = True
                return SIGNS[char]
            case "\u2019":
                ends = self.quoted and not self.text[n + 1 : n + 2].isalnum()
                self.quoted = self.quoted and not ends
                return ",0" if ends else "'"
            case _:
                return {OPEN: NOTE[0], CLOSE: NOTE[1]}.get(char) or SIGNS[char]
