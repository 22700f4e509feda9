"""Markdown to blocks: one function, and a problem with its line for whatever a page cannot show.

The subset is deliberate (CONTRIBUTING.md lists it). What is outside it is refused with what to
write instead: nothing is dropped, and nothing is shown as something else.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

import msgspec
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from booklet.errors import ContentError, Problem, did_you_mean
from booklet.model import (
    Admonition,
    AdmonitionKind,
    Block,
    Emergency,
    Heading,
    List,
    ListItem,
    Paragraph,
    Run,
    Runs,
    Table,
    WriteIn,
    plain,
)

ADMONITIONS: dict[AdmonitionKind, str] = {
    "key-points": "Key points",
    "get-help": "Get help if",
    "note": "Please note",
    "questions": "Questions you may want to ask",
}
"""Each kind of box and the title it is printed with."""

CONTAINERS = (*ADMONITIONS, "write-in", "more", "short", "when", "emergency")

INSTEAD = {
    "fence": ("a block of code", "Write it as a paragraph or a list."),
    "code_block": ("text indented by four spaces", "Start the line at the margin."),
    "code_inline": ("code between back quotes", "Write the words without back quotes."),
    "hr": ("a line across the page", "Use a ## heading to begin a new part."),
    "image": ("a picture", "Describe it in words."),
    "html_block": ("HTML", "Write it in Markdown; comments go in the changelog of the front matter."),
    "html_inline": ("HTML", "Write it in Markdown; comments go in the changelog of the front matter."),
    "blockquote": ("a quotation marked with >", "Use ::: note, or a paragraph."),
    "em": ("italics", "Italics are hard to read in large print. Use **bold**, or no mark at all."),
}
LONGEST = 60_000
"""Letters of one section: more than four times our longest. Some Markdown takes time by the square of its length."""
COLUMNS = 3
LINES = 30
"""The most lines to write on under one label."""
ALWAYS = ("key-points", "get-help")
"""Boxes that no amount of detail takes away, so they stand at the top level of a section."""
ADDRESS = re.compile(r"(https?://|mailto:|tel:)\S+$")
_FENCE = re.compile(r"\s*:{3,}")
_CONDITION = re.compile(r"([a-z0-9_]+)=([\w,-]+)$")


class When(msgspec.Struct, frozen=True):
    """A part for readers of whom one fact is known: `::: when nation=scotland,not_sure` (content-brief.md 4.2)."""

    fact: str
    values: tuple[str, ...]
    blocks: tuple[Block, ...]
    line: int


class More(msgspec.Struct, frozen=True):
    """The part of a section that prints only for readers who want more detail."""

    blocks: tuple[Block | When, ...]


class Short(msgspec.Struct, frozen=True):
    """What prints instead of the text for readers whom the section hardly concerns (content-brief.md 4.2)."""

    blocks: tuple[Block, ...]


Source: TypeAlias = Block | More | Short | When


def parse(
    source: str, path: Path | None = None, first_line: int = 1, headings: bool = True, locked: bool = False
) -> tuple[Source, ...]:
    """The blocks of one section; `first_line` is the line of `path` that the source starts on.

    Only a locked file may hold emergency blocks. Raises ContentError with every problem of the
    source at once.
    """
    if len(source) > LONGEST:
        advice = f"Divide it: a section may have {LONGEST} letters."
        raise ContentError(Problem("This text is too long for one section.", advice, path, first_line))
    source = source.replace("\t", " ")
    reader = _Reader(source.split("\n"), path, first_line, headings, locked)
    reader.refuse_controls()
    env: dict[str, object] = {}
    try:
        tree = SyntaxTreeNode(_parser().parse(source, env))
        blocks = tuple(reader.blocks(tree.children, top=True))
    except RecursionError:
        advice = "Take away marks such as ** and [ that stand inside one another."
        raise ContentError(Problem("This text is nested too deep.", advice, path, first_line)) from None
    for reference in cast(dict[str, dict[str, list[int]]], env.get("references", {})).values():
        reader.refuse("a link written in two places", "Write [words](address) in one place.", reference["map"][0])
    if reader.problems:
        raise ContentError(*sorted(reader.problems, key=lambda p: p.line or 0))
    return blocks


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark").enable("table").disable("lheading")
    md.use(container_plugin, "box", validate=_is_container)  # one rule for all of them: each is asked at every line
    return md


def _is_container(params: str, *_: object) -> bool:
    return next(iter(params.split(maxsplit=1)), "") in CONTAINERS


def _kind(node: SyntaxTreeNode) -> str:
    """What sort of node it is, with the name of the container where it is one."""
    return f"container_{node.info.split(maxsplit=1)[0]}" if node.type == "container_box" else node.type


class _Reader:
    """Turns a syntax tree into blocks and collects what it cannot turn."""

    def __init__(self, lines: Sequence[str], path: Path | None, first_line: int, headings: bool, locked: bool) -> None:
        self.lines, self.path, self.first_line = lines, path, first_line
        self.headings, self.locked = headings, locked
        self.level = 1
        """Of the heading before, counted as in Markdown."""
        self.problems: list[Problem] = []

    def refuse(self, what: str, advice: str, index: int | None) -> None:
        line = None if index is None else index + self.first_line
        self.problems.append(Problem(f"A booklet cannot show {what}.", advice, self.path, line))

    def refuse_controls(self) -> None:
        for n, line in enumerate(self.lines):
            if not line.isprintable() and any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in line):
                self.refuse("a control character or an invisible one", "Delete it and type the line again.", n)

    def blocks(self, nodes: Sequence[SyntaxTreeNode], top: bool = False) -> Iterator[Source]:
        for node in nodes:
            yield from self.block(node, top)

    def inner(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        """Blocks inside another block, where the more layer cannot begin."""
        return tuple(block for block in self.blocks(nodes) if not isinstance(block, More | Short | When))

    def block(self, node: SyntaxTreeNode, top: bool) -> Iterator[Source]:
        line = node.map[0] if node.map else None
        match _kind(node):
            case "heading":
                level = int(node.tag[1])
                if level not in (2, 3):
                    self.refuse(f"a level {level} heading", "Use ## or ###; the title is in the front matter.", line)
                elif level > self.level + 1:
                    self.refuse("### with no ## before it", "Write ## here.", line)
                if not self.headings:
                    self.refuse("a heading on this page", "Write a paragraph.", line)
                if not top and not self._inside(node, "container_more", "container_when"):
                    self.refuse("a heading inside a box or a list", "Put the heading before it.", line)
                self.level = level
                yield Heading(level + 1, self.words(node, "heading", line))
            case "paragraph":
                runs = self.words(node, "paragraph", line)
                if _FENCE.match(plain(runs)):
                    self._stray_fence(plain(runs), line)
                yield Paragraph(runs)
            case "bullet_list" | "ordered_list":
                start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                for item in node.children:
                    if not item.children:
                        self.refuse(
                            "an empty list item",
                            "Write something after the mark, or delete it.",
                            item.map[0] if item.map else line,
                        )
                yield List(tuple(ListItem(self.inner(item.children)) for item in node.children), start)
            case "table":
                yield self.table(node)
            case kind if kind.startswith("container_"):
                yield from self.container(node, kind.removeprefix("container_"), top)
            case kind:
                self.refuse(
                    *INSTEAD.get(kind, (kind.replace("_", " "), "See CONTRIBUTING.md for what can be shown.")), line
                )

    def container(self, node: SyntaxTreeNode, name: str, top: bool) -> Iterator[Source]:
        line = node.map[0] if node.map else 0
        end = node.map[1] if node.map else 0
        argument = node.info.strip().removeprefix(name).strip()
        if end >= len(self.lines) or set(self.lines[end].strip()) != {":"}:
            self.refuse(f"::: {name} that is never closed", "Write ::: alone on a line where it ends.", line)
        if argument and name not in ("emergency", "write-in", "when"):
            self.refuse(f'"{argument}" after ::: {name}', "Leave it out; the program writes the title.", line)
        alternative = name == "key-points" and self._inside(node, "container_when")
        if name in ALWAYS and not top and not alternative:
            self.refuse(
                f"::: {name} inside a box or a list", "It is printed at every detail: close the box first.", line
            )
        if name == "emergency" and not (self.locked and argument):
            self.refuse("::: emergency here", "Emergency blocks stand in the locked file only. Use ::: get-help.", line)
        match name:
            case "more" if top and self.headings:
                inside = tuple(self.blocks(node.children))
                yield More(tuple(block for block in inside if not isinstance(block, More | Short)))
            case "short" if top and self.headings:
                yield Short(self.inner(node.children))
            case "more" | "short":
                self.refuse(f"::: {name} inside another box", "Close the other box first.", line)
            case "when" if top or self._inside(node, "container_more"):
                yield from self.when(node, argument, line)
            case "when":
                self.refuse("::: when inside a box or a list", "Put the box or the list inside ::: when.", line)
            case "write-in":
                yield from self.write_in(node, argument, line)
            case "emergency":
                yield Emergency(argument, self.inner(node.children))
            case _:
                kind = cast(AdmonitionKind, name)
                yield Admonition(kind, ADMONITIONS[kind], self.inner(node.children))

    def when(self, node: SyntaxTreeNode, argument: str, line: int) -> Iterator[When]:
        condition = _CONDITION.match(argument)
        if not condition:
            advice = "Write one fact and its values, such as ::: when nation=scotland,not_sure."
            self.refuse(f'"{argument}" after ::: when', advice, line)
            return
        values = tuple(canonical(value) for value in condition[2].split(","))
        yield When(condition[1], values, self.inner(node.children), line + self.first_line)

    def write_in(self, node: SyntaxTreeNode, argument: str, line: int) -> Iterator[Block]:
        if argument and not (argument.isdecimal() and 0 < int(argument[:9]) <= LINES):
            self.refuse(f'"{argument}" after ::: write-in', "Write the number of lines, such as ::: write-in 3.", line)
            argument = ""
        for block in self.inner(node.children):
            match block:
                case List(items, None):
                    for item in items:
                        match item.blocks:
                            case (Paragraph(runs),):
                                yield WriteIn(runs, int(argument or 1))
                            case _:
                                self.refuse("more than a label in a write-in item", "Write one short label.", line)
                case _:
                    self.refuse("anything but bullets in ::: write-in", "Write one bullet for each label.", line)

    def table(self, node: SyntaxTreeNode) -> Table:
        rows = [row for section in node.children for row in section.children]
        line = node.map[0] if node.map else 0
        if len(rows[0].children) > COLUMNS:
            advice = "Large print has room for 3. Make two tables or a list."
            self.refuse(f"a table of {len(rows[0].children)} columns", advice, line)
        if any("style" in cell.attrs for row in rows for cell in row.children):
            self.refuse("a column set to the right or the centre", "Write | --- | without colons.", line)
        for row in rows[1:]:
            index = row.map[0] if row.map else line
            cells = re.sub(r"\\\|", "", self.lines[index]).strip().strip("|").count("|") + 1
            if cells != len(rows[0].children):
                self.refuse(f"a row of {cells} cells under {len(rows[0].children)} headings", "Make them equal.", index)
        header, *body = (tuple(self.runs(cell) for cell in row.children) for row in rows)
        return Table(header, tuple(body))

    def words(self, node: SyntaxTreeNode, what: str, line: int | None) -> Runs:
        """The runs of a block that has to say something."""
        before = len(self.problems)
        runs = self.runs(node)
        if not plain(runs).strip() and len(self.problems) == before:
            self.refuse(f"a {what} without words", "Write them, or delete the line.", line)
        return runs

    def runs(self, node: SyntaxTreeNode) -> Runs:
        line = node.map[0] if node.map else None
        if line is None and node.parent is not None and node.parent.map:
            line = node.parent.map[0]
        (inline,) = node.children or [SyntaxTreeNode()]
        return _joined(self.inline(inline, Run(""), line or 0))

    def inline(self, parent: SyntaxTreeNode, marks: Run, line: int) -> Iterator[Run]:
        for node in parent.children:
            match node.type:
                case "text" | "text_special":
                    yield Run(node.content, marks.strong, marks.href)
                case "softbreak" | "hardbreak":
                    line += 1
                    yield Run(" " if node.type == "softbreak" else "\n", marks.strong, marks.href)
                case "strong":
                    yield from self.inline(node, Run("", True, marks.href), line)
                case "link":
                    yield from self.link(node, marks, line)
                case kind:
                    self.refuse(*INSTEAD.get(kind, (kind.replace("_", " "), "")), line)

    def link(self, node: SyntaxTreeNode, marks: Run, line: int) -> Iterator[Run]:
        href = str(node.attrs.get("href", ""))
        runs = tuple(self.inline(node, Run("", marks.strong, href), line))
        shown, bare = plain(runs), re.sub(r"^(https?://(www\.)?|mailto:|tel:)|/$", "", href)
        if not ADDRESS.match(href):
            self.refuse(
                f"a link to {href or 'nothing'}", "Links go to https:// addresses; name sections in see_also.", line
            )
        elif re.sub(r"^www\.|\s", "", shown) != bare:
            advice = f"Write [{bare}]({href}): on paper the address must be there to read."
            self.refuse(f'a link that shows "{shown}"', advice, line)
        if "title" in node.attrs:
            self.refuse("a title on a link", "Leave the words in quotation marks out.", line)
        yield from runs

    def _stray_fence(self, text: str, line: int | None) -> None:
        name = text.strip().lstrip(":").split()[0] if text.strip().strip(":").strip() else ""
        if not name:
            self.refuse("::: that closes nothing", "Delete it, or open a box above it.", line)
        else:
            known = f"The boxes are {', '.join(CONTAINERS)}."
            self.refuse(f"a box called {name}", f"{did_you_mean(name, CONTAINERS)} {known}".strip(), line)

    @staticmethod
    def _inside(node: SyntaxTreeNode, *kinds: str) -> bool:
        return node.parent is not None and _kind(node.parent) in kinds


def canonical(word: str) -> str:
    """One spelling for a fact or a value, however it was typed: "Northern Ireland" is northern_ireland."""
    return re.sub(r"[\s-]+", "_", word.strip().casefold())


def _joined(runs: Iterator[Run]) -> Runs:
    """Neighbours with the same marks become one run."""
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].strong, out[-1].href) == (run.strong, run.href):
            out[-1] = Run(out[-1].text + run.text, run.strong, run.href)
        elif run.text:
            out.append(run)
    return tuple(out)
