"""The lines of a content file as an editor sees them, each with its number and the boxes it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from booklet import settings
from booklet.library import PATIENT, Library, Section, said

Kind = Literal["title", "summary", "heading", "item", "paragraph"]
_BOX = re.compile(r":{3,}\s*(\S*)\s*(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_MARKS = re.compile(r"\*\*|`|\]\([^)]*\)|\[|\\$")


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content/style.toml`: the words to look for, and what to write instead."""

    banned: dict[str, str]
    allow: dict[str, tuple[str, ...]]
    discouraged: dict[str, str]
    american: dict[str, str]
    jargon: dict[str, str]
    gated: dict[str, tuple[str, ...]]
    medicines: dict[str, tuple[str, ...]]
    copying: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Line:
    """One line of text without its marks."""

    path: Path
    number: int | None
    text: str
    kind: Kind
    boxes: tuple[str, ...] = ()
    """The boxes around it, outermost first, with what stands after their names: "when end_of_life=yes"."""
    gated: bool = False
    """Whether it prints only behind a consent gate."""

    def inside(self, name: str) -> bool:
        return any(box.split()[0] == name for box in self.boxes)


@dataclass(frozen=True)
class Text:
    """One section, or one of the tables."""

    path: Path
    topic: str
    lines: tuple[Line, ...]
    section: Section | None = None


def text_of(section: Section, library: Library, voice: str = PATIENT) -> Text:
    """The lines of a section as one reader gets them."""
    meta, path = section.meta, section.path
    gates = {f"{name}=yes" for name, fact in library.reader_facts.items() if fact.gate}
    body = said(section.source, section.words, voice, path, section.first_line)
    gated = meta.gate != "none"

    def front(key: str, text: str, kind: Kind) -> Line:
        shown = said(text, section.words, voice, path, 1)
        return Line(path, settings.line_with(path, f"{key} = "), shown, kind, (), gated)

    head = (front("title", meta.title, "title"), front("summary", meta.summary, "summary"))
    lines = _lines(body, path, section.first_line, gated, gates)
    return Text(path, section.id.partition("/")[0], (*head, *lines), section)


def _lines(body: str, path: Path, first: int, gated: bool, gates: set[str]) -> Iterator[Line]:
    boxes: list[str] = []
    for n, raw in enumerate(body.split("\n"), first):
        if box := _BOX.match(raw):
            if box[1]:
                boxes.append(f"{box[1]} {box[2]}".strip())
            elif boxes:
                boxes.pop()
            continue
        if not raw.strip() or raw.lstrip().startswith("|"):
            continue
        kind: Kind = "heading" if raw.startswith("#") else "item" if _ITEM.match(raw) else "paragraph"
        text = _MARKS.sub("", _ITEM.sub("", raw.lstrip("#"), count=1)).strip()
        behind = gated or any(box.partition(" ")[2] in gates for box in boxes)
        yield Line(path, n, text, kind, tuple(boxes), behind)


def tables(library: Library, folders: tuple[Path, ...]) -> Iterator[Text]:
    """The texts that people read which are not sections: front pages and tables."""
    for folder in folders:
        for path in sorted((*folder.glob("front/*.md"), *folder.glob("write-in/*.md"))):
            text = settings.text_of(path)
            header, fence, body = text.partition("\n+++\n") if text.startswith("+++") else ("", "", text)
            first = header.count("\n") + 3 if fence else 1
            body = said(body, library.words, PATIENT, path, first)
            yield Text(path, path.parent.name, tuple(_lines(body, path, first, False, set())))
        yield from _rows(library, folder)


def _rows(library: Library, folder: Path) -> Iterator[Text]:
    rows: dict[str, list[tuple[str, bool]]] = {
        "glossary.toml": [(row.definition, row.gate != "none") for row in library.glossary.values()]
        + [(term, row.gate != "none") for term, row in library.glossary.items()],
        "organisations.toml": [
            (text, row.gate != "none") for row in library.organisations.values() for text in (row.name, row.does)
        ],
        "medicines.toml": [
            (text, False)
            for row in library.medicines.values()
            for text in (row.name, row.who, row.england_note, row.scotland_note)
        ],
        "sources.toml": [(source.title, source.gate != "none") for source in library.sources.values()],
        "questions.toml": [(question.text, question.gate != "none") for question in library.listed],
        "locked.toml": [(sentence, False) for sentence in library.locked.values()],
    }
    for name, texts in rows.items():
        path = folder / name
        if path.is_file():
            lines = [
                Line(path, settings.line_with(path, text), text, "paragraph", ("table",), gated)
                for text, gated in texts
                if text
            ]
            yield Text(path, name, tuple(lines))
    for path in sorted(folder.glob("*/topic.toml")):
        topic = next((topic for topic in library.topics if topic.id == path.parent.name), None)
        if topic:
            gated = bool(topic.sections) and all(section.meta.gate != "none" for section in topic.sections)
            yield Text(path, topic.id, (Line(path, None, topic.title, "title", ("table",), gated),))
    for path in sorted(folder.glob("packs/*.toml")):
        if pack := library.packs.get(path.stem):
            title = Line(path, None, pack.title, "title", ("table",))
            yield Text(path, "packs", (title, Line(path, None, pack.summary, "summary", ("table",))))
