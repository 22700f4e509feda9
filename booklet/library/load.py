"""Reading the content folder, and folders that a hospital adds: every problem of every file at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from booklet import settings
from booklet.errors import BookletError, ContentError, Problem
from booklet.library import Library, Section, Topic, WriteInPage, said
from booklet.library.files import (
    CitedSource,
    FrontMatter,
    ListedQuestion,
    Medicine,
    Organisation,
    Pack,
    QuestionList,
    ReaderFact,
    Rule,
    Rules,
    Term,
    TopicFile,
    Words,
    WritingPage,
)
from booklet.library.links import dangling
from booklet.library.locked import altered, replaced
from booklet.markdown import More, Short, When, parse
from booklet.model import Block

T = TypeVar("T")
FENCE = "+++\n"
FRONT = ("about-this-booklet", "questions-for-my-team")
"""Pages that every booklet has and that an editor may reword."""
OURS = ("about.toml", "choosing.toml", "words.toml", "style.toml")
"""Tables that hold safety rules, so that a local folder may not have its own."""
NOT_TOPICS = {"front", "pictures", "write-in"}


def load(folder: Path, *local: Path) -> Library:
    """The library of a content folder and the folders beside it. Raises ContentError with every problem."""
    problems = [*altered(folder), *(problem for other in local for problem in replaced(other))]
    problems += [
        Problem("A local folder cannot have this file.", "Delete it; the program's own is used.", other / name)
        for other in local
        for name in OURS
        if (other / name).exists()
    ]
    problems += [problem for other in local for problem in led_out(other)]
    folders = (folder, *local)
    words = _one(folder / "words.toml", Words, problems, Words({}, {"patient": {}}))
    library = Library(
        topics=_topics(folders, words, problems),
        packs=_files(folders, "packs", Pack, problems),
        sources=_rows(folders, "sources.toml", CitedSource, problems),
        locked=_one(folder / "locked.toml", dict[str, str], problems, {}),
        front=_front(folders, words, problems),
        write_in=_write_in(folders, words, problems),
        reader_facts=_one(folder / "about.toml", dict[str, ReaderFact], problems, {}),
        rules=_rules(folder, problems),
        words=words,
        glossary=_rows(folders, "glossary.toml", Term, problems),
        organisations=_rows(folders, "organisations.toml", Organisation, problems),
        medicines=_rows(folders, "medicines.toml", Medicine, problems),
        listed=_question_list(folders, problems),
        pictures=_one(folder / "pictures.toml", dict[str, str], problems, {}),
    )
    problems += misplaced(folders, library.topics)
    problems += _replaced_rows(folder, local)
    if not problems:
        problems += dangling(library, folders)
    if problems:
        raise ContentError(*dict.fromkeys(problems))
    return library


def led_out(folder: Path) -> Iterator[Problem]:
    """Links that lead out of a local folder: what is printed in booklets is what somebody put there to be printed."""
    home = folder.resolve()
    for path in sorted({*folder.glob("*"), *folder.glob("*/*")}):
        try:
            leads = path.is_symlink() and not path.resolve().is_relative_to(home)
        except (OSError, RuntimeError):  # links that lead to one another
            leads = True
        if leads:
            yield Problem("This is a link that leads out of the folder.", "Put the file itself here.", path)


@contextmanager
def _collect(problems: list[Problem]) -> Iterator[None]:
    """A file that cannot be read adds to the problems and does not hide those of the next."""
    try:
        yield
    except BookletError as e:
        problems.extend(e.problems)


def _one(path: Path, type: type[T], problems: list[Problem], otherwise: T) -> T:
    with _collect(problems):
        return settings.read(path, type)
    return otherwise


def _rows(folders: tuple[Path, ...], name: str, type: type[T], problems: list[Problem]) -> dict[str, T]:
    """A table of rows by id; a later folder adds rows, or replaces them."""
    rows: dict[str, T] = {}
    for n, folder in enumerate(folders):
        if n == 0 or (folder / name).is_file():
            with _collect(problems):
                rows |= settings.read(folder / name, dict[str, type])  # type: ignore[valid-type]
    return rows


def _files(folders: tuple[Path, ...], name: str, type: type[T], problems: list[Problem]) -> dict[str, T]:
    """The files of a folder of TOML files, by their names."""
    read: dict[str, T] = {}
    for folder in folders:
        for path in sorted((folder / name).glob("*.toml")):
            with _collect(problems):
                read[path.stem] = settings.read(path, type)
    return read


def _question_list(folders: tuple[Path, ...], problems: list[Problem]) -> tuple[ListedQuestion, ...]:
    paths = [folder / "questions.toml" for n, folder in enumerate(folders)]
    found = [path for n, path in enumerate(paths) if n == 0 or path.is_file()]
    return tuple(
        question for path in found for question in _one(path, QuestionList, problems, QuestionList(())).questions
    )


def _rules(folder: Path, problems: list[Problem]) -> tuple[Rule, ...]:
    return _one(folder / "choosing.toml", Rules, problems, Rules(())).rules


def _front(folders: tuple[Path, ...], words: Words, problems: list[Problem]) -> dict[str, tuple[Block, ...]]:
    pages: dict[str, tuple[Block, ...]] = {}
    for folder in folders:
        for path in sorted(folder.glob("front/*.md")):
            with _collect(problems):
                text = settings.text_of(path)
                if text.startswith(FENCE):
                    raise ContentError(Problem("This page has no front matter.", "Delete it.", path, 1))
                pages[path.stem] = _plain_page(text, words, path, 1)
    for name in FRONT:
        if name not in pages and not any(problem.path and problem.path.stem == name for problem in problems):
            path = folders[0] / "front" / f"{name}.md"
            problems.append(Problem("This page is missing.", "Put it back from the program's own content.", path))
    return pages


def _write_in(folders: tuple[Path, ...], words: Words, problems: list[Problem]) -> dict[str, WriteInPage]:
    pages: dict[str, WriteInPage] = {}
    for folder in folders:
        for path in sorted(folder.glob("write-in/*.md")):
            with _collect(problems):
                header, body, first_line = _parts(path)
                meta = settings.decode(header, WritingPage, path, first_line=2)
                pages[path.stem] = WriteInPage(path.stem, meta, _plain_page(body, words, path, first_line))
    return dict(sorted(pages.items(), key=lambda item: item[1].meta.number))


def _plain_page(text: str, words: Words, path: Path, first_line: int) -> tuple[Block, ...]:
    """A page with no headings and no layers of its own."""
    blocks = parse(said(text, words, "patient", path, first_line), path, first_line, headings=False)
    return tuple(block for block in blocks if not isinstance(block, More | Short | When))


def _topics(folders: tuple[Path, ...], words: Words, problems: list[Problem]) -> tuple[Topic, ...]:
    files: dict[str, TopicFile] = {}
    sections: dict[str, dict[str, Section]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/topic.toml")):
            if path.parent.name not in files:  # a local folder may add to a topic and not rename it
                with _collect(problems):
                    files[path.parent.name] = settings.read(path, TopicFile)
        for path in sorted(folder.glob("*/*.md")):
            if path.parent.name in files:
                with _collect(problems):
                    section = read_section(path, words)
                    problems += _misnamed(section)
                    sections.setdefault(path.parent.name, {})[path.stem] = section
    topics = [
        Topic(id, file.number, file.title, tuple(sorted(sections.get(id, {}).values(), key=lambda s: s.meta.number)))
        for id, file in files.items()
    ]
    for topic in topics:
        problems += _same_numbers(topic)
    return tuple(sorted(topics, key=lambda topic: topic.number))


def _misnamed(section: Section) -> Iterator[Problem]:
    id = f"{section.path.parent.name}/{section.path.stem}"
    if section.id != id:
        yield Problem(
            f'id: this says "{section.id}".',
            f'Write id = "{id}".',
            section.path,
            settings.line_with(section.path, "id"),
        )


def _same_numbers(topic: Topic) -> Iterator[Problem]:
    first: dict[int, Section] = {}
    for section in sorted(topic.sections, key=lambda section: section.path.name):
        other = first.setdefault(section.meta.number, section)
        if other is not section:
            what = f"number: {other.path.name} has {section.meta.number} already."
            advice = "Give the newer one a number that was never used."
            yield Problem(what, advice, section.path, settings.line_with(section.path, "number"))


def read_section(path: Path, words: Words) -> Section:
    """One section file. Raises ContentError with every problem of its front matter."""
    header, body, first_line = _parts(path)
    meta = settings.decode(header, FrontMatter, path, first_line=2)
    return Section(path, meta, body, first_line, words)


def _parts(path: Path) -> tuple[str, str, int]:
    """The front matter of a file, its text, and the line that the text begins on."""
    text = settings.text_of(path)
    header, fence, body = text.removeprefix(FENCE).partition("\n" + FENCE)
    if not text.startswith(FENCE) or not fence:
        what = "The front matter is missing."
        raise ContentError(Problem(what, "Begin with it, between two lines of +++.", path, 1))
    return header, body, header.count("\n") + 4


def misplaced(folders: tuple[Path, ...], topics: tuple[Topic, ...]) -> Iterator[Problem]:
    """Files that would never be printed, and topics that would share a number."""
    known = {topic.id for topic in topics}
    for folder in folders:
        for path in sorted(folder.glob("*/*.m*")):
            if path.suffix != ".md" or path.parent.name not in known | NOT_TOPICS:
                what = "This file is in no topic, so it is never printed."
                yield Problem(what, "Name it .md, beside a topic.toml.", path)
    for n, topic in enumerate(topics):
        if n and topics[n - 1].number == topic.number:
            what = f"number: {topics[n - 1].id} has {topic.number} already."
            path = next(path for folder in folders if (path := folder / topic.id / "topic.toml").is_file())
            yield Problem(what, "Give the newer topic another.", path)


def _replaced_rows(folder: Path, local: tuple[Path, ...]) -> Iterator[Problem]:
    """Locked organisations that a local folder would replace."""
    problems: list[Problem] = []
    ours = _rows((folder,), "organisations.toml", Organisation, problems)
    for other in local:
        path = other / "organisations.toml"
        for id in _one(path, dict[str, Organisation], problems, {}):
            if id in ours and ours[id].locked:
                line = settings.line_with(path, id)
                yield Problem(f"{id}: this row is locked.", "Give yours another name.", path, line)
