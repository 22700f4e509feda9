from collections.abc import Iterable
from pathlib import Path

import pytest

from booklet.errors import ContentError
from booklet.markdown import More, Source, parse
from booklet.model import Admonition, Emergency, Heading, List, Paragraph, Run, Runs, Table, WriteIn
from tests.fixtures_reader import read


def outline(blocks: Iterable[Source], indent: str = "") -> list[str]:
    lines = []
    for block in blocks:
        match block:
            case Heading(level, runs):
                lines.append(f"Heading {level} {_runs(runs)}")
            case Paragraph(runs):
                lines.append(f"Paragraph {_runs(runs)}")
            case List(items, start):
                lines.append("List" if start is None else f"List from {start}")
                for n, item in enumerate(items):
                    first, *others = outline(item.blocks)
                    lines.append(f"  {'-' if start is None else block.label(n)} {first}")
                    lines += ["    " + line for line in others]
            case Admonition(kind, title, inner):
                lines += [f"Admonition {kind}: {title}", *outline(inner, "  ")]
            case Emergency(title, inner):
                lines += [f"Emergency {title}", *outline(inner, "  ")]
            case More(inner):
                lines += ["More", *outline(inner, "  ")]
            case WriteIn(label, count):
                lines.append(f"WriteIn {count} {_runs(label)}")
            case Table(header, rows):
                lines.append("Table " + " | ".join(map(_runs, header)))
                lines += ["  " + " | ".join(map(_runs, row)) for row in rows]
            case _:
                raise AssertionError(block)
    return [indent + line for line in lines]


def _runs(runs: Runs) -> str:
    return " ".join(("strong" if r.strong else "") + (f"link({r.href})" if r.href else "") + repr(r.text) for r in runs)


@pytest.mark.parametrize(("title", "source", "expected"), read("markdown"))
def test_what_a_booklet_can_show(title: str, source: str, expected: str) -> None:
    assert "\n".join(outline(parse(source, locked=True))) == expected


@pytest.mark.parametrize(("title", "source", "expected"), read("refused"))
def test_what_a_booklet_refuses_with_line_and_advice(title: str, source: str, expected: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse(source, Path("a.md"), first_line=9)
    assert [str(p) for p in caught.value.problems] == [f"a.md:{line}" for line in expected.splitlines()]


def test_runs_are_values() -> None:
    assert parse("Dial **999**") == (Paragraph((Run("Dial "), Run("999", strong=True))),)


def test_every_problem_is_heard_of_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        parse("*a*\n\n> b\n\n---")
    assert len(caught.value.problems) == 3
