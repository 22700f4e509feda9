"""Content and layouts held against every rule that a program can judge, every problem at once."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from booklet import fonts, settings, theme
from booklet.about import about
from booklet.alert import load_card
from booklet.check import copying, front, readability, words
from booklet.check.texts import Style, Text, tables, text_of
from booklet.errors import BookletError, Problem
from booklet.library import ALWAYS, Library
from booklet.library.own import with_own_packs
from booklet.pictures import segments
from booklet.profiles import load_profiles
from booklet.writers import braille

LOADERS: dict[str, Callable[[Path], object]] = {
    "card": load_card,
    "preferences": theme.load_preferences,
    "typefaces": theme.load_typefaces,
    "braille": braille.load_layout,
    "braille-contracted": braille.load_layout,
}
"""What reads each file of the layouts folder that is not a layout for print."""


def check(
    content: Path,
    layouts: Path,
    only: tuple[Path, ...] = (),
    local: tuple[Path, ...] = (),
    against: Path | None = None,
    today: date | None = None,
    packs: tuple[Path, ...] = (),
) -> list[Problem]:
    """Everything wrong with content folders and a layouts folder, in the order of the files.

    `local` are folders that a hospital added; `against` is a folder of texts that nothing may be copied from; `packs`
    are folders of packs of one's own; with `only`, what is wrong in those files. Raises RequestError when there is
    nothing to compare with.
    """
    problems = [*_layouts(layouts), *_content((content, *local), against, today or date.today(), packs)]
    chosen = [path.resolve() for path in only]
    kept = [
        problem
        for problem in dict.fromkeys(problems)
        if not chosen or any(_within(problem.path, path) for path in chosen)
    ]
    return sorted(kept, key=lambda problem: (str(problem.path), problem.line or 0))


def scores(content: Path, *local: Path) -> Iterator[tuple[str, readability.Score]]:
    """How hard each section is to read, in the order of a booklet."""
    library = Library.load(content, *local)
    for id, section in library.sections.items():
        found = readability.score(line.text for line in readability.body(text_of(section, library)))
        if found:
            yield id, found


def _within(path: Path | None, folder: Path) -> bool:
    return path is not None and path.resolve().is_relative_to(folder)


def _layouts(folder: Path) -> Iterator[Problem]:
    try:
        load_profiles(folder / "profiles", folder / "preferences.toml")
    except BookletError as e:
        yield from e.problems
    for path in sorted(folder.glob("*.toml")):
        try:
            LOADERS.get(path.stem, theme.load_layout)(path)
        except BookletError as e:
            yield from e.problems


def _content(
    folders: tuple[Path, ...], against: Path | None, today: date, packs: tuple[Path, ...]
) -> Iterator[Problem]:
    try:
        library = Library.load(*folders)
        style = settings.read(folders[0] / "style.toml", Style)
    except BookletError as e:
        yield from e.problems
        return
    yield from with_own_packs(library, *packs)[1]
    known = copying.shingles(against) if against else {}
    unknown, _ = about(library)
    texts: list[Text] = []
    locked = text_of(library.sections[ALWAYS[0]], library).lines
    fixed = frozenset(said.rstrip(".") for line in locked for said in readability.sentences(line.text))
    for section in library.sections.values():
        try:
            yield from front.check_conditions(section, library, unknown)
            yield from front.check_shape(section, unknown)
            text = text_of(section, library)
        except BookletError as e:
            yield from e.problems
            continue
        texts.append(text)
        yield from front.check_dates(section, today)
        yield from front.check_sign_off(section)
        yield from front.check_voice(section)
        yield from front.check_terms(text, library)
        yield from readability.check_section(text, fixed)
    for topic, group in groupby(texts, key=lambda text: text.topic):
        yield from readability.check_topic(topic, list(group))
    yield from front.check_rows(library, folders, today)
    yield from _pictures(library, folders[0])
    for text in (*texts, *tables(library, folders)):
        yield from words.check_words(text, style, library)
        yield from copying.check_copying(text, known, style)
        yield from _glyphs(text)
    for source in library.sources.values():
        yield from _missing(f"{source.publisher} {source.title}", folders[0] / "sources.toml")


def _pictures(library: Library, folder: Path) -> Iterator[Problem]:
    """Pictograms without words, and words without a pictogram that can be drawn."""
    drawn = {path.stem: path for path in sorted(folder.glob("pictures/*.svg"))}
    table = folder / "pictures.toml"
    for name in sorted(drawn.keys() | library.pictures.keys()):
        if name not in library.pictures:
            yield Problem(f"{name}: say in words what the picture shows.", f'Add {name} = "...".', table)
        elif name not in drawn:
            yield Problem(f"{name}: there is no such picture.", f"Draw pictures/{name}.svg.", table)
        else:
            try:
                segments(drawn[name])
            except BookletError as e:
                yield from e.problems


def _glyphs(text: Text) -> Iterator[Problem]:
    yield from _missing("".join(dict.fromkeys("".join(line.text for line in text.lines))), text.path)


def _missing(said: str, path: Path) -> Iterator[Problem]:
    """The characters of a text that no face has, at the line of the file where each first stands."""
    for char in fonts.unprintable(said):
        text = settings.text_of(path)
        line = text[: text.find(char)].count("\n") + 1
        what = f'No typeface has the character "{char}" (U+{ord(char):04X}).'
        yield Problem(what, "Write it in another way.", path, line)
