"""Fixture files in the style of markdown-it: title, input and expected output, with a full stop between."""

from collections.abc import Iterator
from pathlib import Path


def read(name: str) -> list[tuple[str, str, str]]:
    """(title, input, expected) of each case; adding one needs no Python."""
    cases = []
    lines = iter((Path(__file__).parent / "fixtures" / f"{name}.txt").read_text("utf-8").splitlines())
    for title in lines:
        if title:
            assert next(lines) == "."
            cases.append((title, _until_stop(lines), _until_stop(lines)))
    return cases


def _until_stop(lines: Iterator[str]) -> str:
    taken = []
    for line in lines:
        if line == ".":
            break
        taken.append(line)
    return "\n".join(taken)
