"""Content and layouts held against the rules that a program can judge, every problem at once."""

from collections.abc import Iterator
from pathlib import Path

from booklet import fonts, settings, theme
from booklet.errors import BookletError, Problem
from booklet.library import Library, Section, read_section
from booklet.markdown import More, Source
from booklet.model import Block, words


def check(content: Path, layouts: Path, only: tuple[Path, ...] = ()) -> list[Problem]:
    """Everything wrong with a content folder and a layouts folder; with `only`, what is wrong in those files."""
    problems = [*_layouts(layouts), *_content(content)]
    chosen = [path.resolve() for path in only]
    kept = [
        problem
        for problem in dict.fromkeys(problems)
        if not chosen or any(_within(problem.path, path) for path in chosen)
    ]
    return sorted(kept, key=lambda problem: (str(problem.path), problem.line or 0))


def _within(path: Path | None, folder: Path) -> bool:
    return path is not None and path.resolve().is_relative_to(folder)


def _layouts(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.glob("*.toml")):
        try:
            theme.load_preferences(path) if path.stem == "preferences" else theme.load_layout(path)
        except BookletError as e:
            yield from e.problems


def _content(folder: Path) -> Iterator[Problem]:
    try:
        yield from _texts(Library.load(folder), folder)
    except BookletError as e:
        yield from e.problems
    for path in sorted(folder.glob("*/*.md")):
        if (path.parent / "topic.toml").is_file():
            try:
                yield from _section(read_section(path))
            except BookletError as e:
                yield from e.problems


def _texts(library: Library, folder: Path) -> Iterator[Problem]:
    """Characters that no face has in the texts that are not sections."""
    said = [(folder / topic.id / "topic.toml", topic.title) for topic in library.topics]
    said += [
        (folder / "front" / f"{name}.md", text) for name, blocks in library.front.items() for text in words(blocks)
    ]
    said += [(folder / "sources.toml", f"{source.publisher} {source.title}") for source in library.sources.values()]
    for path, text in said:
        yield from _missing(text, path)


def _section(section: Section) -> Iterator[Problem]:
    blocks = section.blocks
    has_more = any(isinstance(block, More) for block in blocks)
    if has_more != ("more" in section.meta.layers):
        advice = 'Write layers = ["core", "more"].' if has_more else 'Write layers = ["core"], or add ::: more.'
        yield Problem("layers: this does not say what the text below has.", advice, section.path, 2)
    for said in (*words(_flat(blocks)), section.meta.title, section.meta.summary):
        yield from _missing(said, section.path)


def _missing(said: str, path: Path) -> Iterator[Problem]:
    """The characters of a text that no face has, at the line of the file where each first stands."""
    for char in fonts.unprintable(said):
        text = settings.text_of(path)
        line = text[: text.find(char)].count("\n") + 1
        what = f'No typeface has the character "{char}" (U+{ord(char):04X}).'
        yield Problem(what, "Write it in another way.", path, line)


def _flat(blocks: tuple[Source, ...]) -> tuple[Block, ...]:
    return tuple(inner for block in blocks for inner in (block.blocks if isinstance(block, More) else (block,)))
