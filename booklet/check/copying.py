"""Runs of words that a text shares with a source: facts carry over, sentences never."""

import re
from collections.abc import Iterator
from pathlib import Path

from booklet.check.texts import Line, Style, Text
from booklet.errors import Problem, RequestError

RUN = 8
"""Words in a row that count as copied (content-brief.md 5.2)."""
_Shingle = tuple[str, ...]


def shingles(folder: Path) -> dict[_Shingle, str]:
    """Every run of words of the texts in a folder, with the name of its file. Raises RequestError without texts."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md") and path.is_file())
    if not paths:
        raise RequestError(
            Problem("There are no texts to compare with.", "Give a folder of .txt or .md files.", folder)
        )
    found: dict[_Shingle, str] = {}
    for path in paths:
        for run in _runs(_words(path.read_text("utf-8", errors="replace"))):
            found.setdefault(run, path.name)
    return found


def check_copying(text: Text, known: dict[_Shingle, str], style: Style) -> Iterator[Problem]:
    """Where a text shares a run of words with one of the sources; a run that crosses lines counts."""
    allowed = {run for phrase in style.copying.get("allow", ()) for run in (tuple(_words(phrase)),)}
    words = [(word, line) for line in text.lines for word in _words(line.text)]
    at = 0
    while at + RUN <= len(words):
        run = tuple(word for word, _ in words[at : at + RUN])
        if run in known and not any(_holds(run, phrase) for phrase in allowed):
            line: Line = words[at][1]
            what = f'"{" ".join(run)}" stands in {known[run]} too.'
            yield Problem(what, "Say it in our own words.", line.path, line.number)
            at += RUN
        else:
            at += 1


def _holds(run: _Shingle, phrase: _Shingle) -> bool:
    """Whether a run has a name in it, or is part of one."""
    short, long = sorted((run, phrase), key=len)
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))


def _runs(words: list[str]) -> Iterator[_Shingle]:
    return (tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
