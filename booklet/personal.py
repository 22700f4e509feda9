"""What may be printed about one person: kept in memory, printed in the booklet, written nowhere else.

Every field is optional; whatever is not given is a line to write on (product.md sections 5 and 6). A field is a row of
`FIELDS`: its flag and its question come from there.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from booklet.errors import Problem, RequestError

Kind = Literal["text", "phone", "temperature", "lines"]
_PHONE = re.compile(r"\+?\d[\d ]*(?:,? (?:ext|extension|option) \d+)?")
_TEMPERATURE = re.compile(r"3[5-9](?:\.\d)?C")
_GROUPS = (("02", (3, 4, 4)), ("07", (5, 3, 3)), ("011", (4, 3, 4)), ("01", (5, 6)), ("0", (4, 3, 4)))
"""How the eleven figures of a UK number are parted, by how it begins (Ofcom's numbering plan)."""
OWN_QUESTIONS = 6
"""How many a reader may type; the booklet has room to write more."""


class Personal(msgspec.Struct, frozen=True, omit_defaults=True):
    """About one person. Its texts are kept out of logs, tracebacks and reports."""

    name: str = ""
    appointment: str = ""
    nurse: str = ""
    phone_day: str = ""
    phone_night: str = ""
    temperature: str = ""
    questions: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Personal(...)"

    def texts(self) -> Iterator[str]:
        """Everything that is given, for those who must check or look for it."""
        for key in FIELDS:
            value: str | tuple[str, ...] = getattr(self, key)
            yield from filter(None, (value,) if isinstance(value, str) else value)

    def numbers(self) -> dict[str, str]:
        """What is printed on the lines of My numbers, by label."""
        given = {field.line: getattr(self, key) for key, field in FIELDS.items() if field.line}
        return {line: value for line, value in given.items() if value}


class Field(msgspec.Struct, frozen=True):
    """One thing to ask about a person."""

    label: str
    question: str
    hint: str
    letters: int
    """The most that the booklet has room for at every text size."""
    kind: Kind = "text"
    line: str = ""
    """The line of My numbers that it fills in."""


FIELDS = {
    "name": Field(
        "Name",
        "Whose booklet is it?",
        "The name is printed on the cover. Leave it empty for a line to write on.",
        50,
    ),
    "appointment": Field(
        "Appointment",
        "When and where is the next appointment?",
        "Such as Tuesday 1 December, 10am, Ward 3.",
        80,
    ),
    "nurse": Field(
        "Nurse or key worker",
        "What is the name of the nurse or key worker?",
        "Printed on the page My numbers.",
        50,
        line="My nurse or key worker",
    ),
    "phone_day": Field(
        "Helpline in the day",
        "Which number should the reader ring in the day?",
        "The cancer helpline or nurses. It is on the alert card or in letters from the hospital.",
        40,
        "phone",
        "My cancer helpline, in the day",
    ),
    "phone_night": Field(
        "Helpline at night",
        "Which number should the reader ring at night and at weekends?",
        "It may be the same one. If you do not know, leave it empty.",
        40,
        "phone",
        "My cancer helpline, at night and weekends",
    ),
    "temperature": Field(
        "Alert card temperature",
        "Which temperature is on the alert card?",
        "The hospital decides it. Such as 37.5C. If you do not know, leave it empty.",
        6,
        "temperature",
        "The temperature on my alert card",
    ),
    "questions": Field(
        "Own questions",
        "What does the reader want to ask?",
        "One question at a time. They are printed on the page Questions for my team.",
        120,
        "lines",
    ),
}


def personal(given: Mapping[str, str | tuple[str, ...]]) -> Personal:
    """Tidies what was typed. Raises RequestError with everything that cannot be printed as it is."""
    problems: list[Problem] = []
    found: dict[str, str | tuple[str, ...]] = {}
    for key, typed in given.items():
        field = FIELDS[key]
        lines = [tidy(field, text) for text in ((typed,) if isinstance(typed, str) else typed)]
        lines = [line for line in lines if line]
        problems += [problem for line in lines if (problem := problem_with(field, line))]
        if len(lines) > (OWN_QUESTIONS if field.kind == "lines" else 1):
            problems.append(Problem(f"There is room for {OWN_QUESTIONS} questions.", "The booklet has lines for more."))
        found[key] = tuple(lines) if field.kind == "lines" else "".join(lines)
    if problems:
        raise RequestError(*problems)
    return Personal(**found)  # type: ignore[arg-type]  # lines for questions, a text for all others


def tidy(field: Field, text: str) -> str:
    """What was typed, with one space between words; a phone number in the groups that people read."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if field.kind == "temperature":
        figures = text.replace(" ", "").replace("\u00b0", "").replace(",", ".").upper()
        return figures if figures.endswith("C") or not figures else f"{figures}C"
    if field.kind == "phone" and re.fullmatch(r"0\d{10}", text):
        groups = next(groups for start, groups in _GROUPS if text.startswith(start))
        ends = [sum(groups[: n + 1]) for n in range(len(groups))]
        return " ".join(text[end - length : end] for end, length in zip(ends, groups, strict=True))
    return text


def problem_with(field: Field, text: str) -> Problem | None:
    """What is wrong with a tidied text; it never says the text again."""
    if len(text) > field.letters:
        what = f"{field.label}: this is {len(text)} letters long, and the booklet has room for {field.letters}."
        return Problem(what, "Write less, or leave it empty: the booklet then has a line to write on.")
    if text and field.kind == "phone":
        return phone_problem(f"{field.label}: ", text)
    if text and field.kind == "temperature" and not _TEMPERATURE.fullmatch(text):
        return Problem(f"{field.label}: this is not a temperature.", "Write it as 37.5C.")
    return None


def phone_problem(place: str, number: str) -> Problem | None:
    """A number that nobody could read from the page or ring."""
    figures = re.sub(r"\D", "", number)
    if _PHONE.fullmatch(number) and (len(figures) <= 6 or " " in number):
        return None
    return Problem(f"{place}this is not a phone number that can be read.", "Write it in groups, such as 020 7946 0000.")


def is_temperature(text: str) -> bool:
    return bool(_TEMPERATURE.fullmatch(text))
