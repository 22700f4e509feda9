"""How long a booklet will be: exact, of the answers that are there, and looked up without waiting."""

import pytest

from booklet import build, counting
from booklet.counting import LONG, Counter, Size
from booklet.library import Library
from booklet.questions import (
    NAME,
    PACK,
    PARTS,
    TOPICS,
    YES,
    Answers,
    Questions,
    defaults,
    parts_of,
    questions,
    to_request,
)
from tests.conftest import MADE


@pytest.fixture(scope="module")
def asked(library: Library) -> Questions:
    return questions(library)


@pytest.fixture(scope="module")
def counter(library: Library, asked: Questions) -> Counter:
    return Counter(library, asked, MADE)


def told(asked: Questions, **given: tuple[str, ...]) -> Answers:
    return {**defaults(asked), **{key.replace("_", "-"): value for key, value in given.items()}}


@pytest.mark.parametrize("name", [(), ("Edna",)])
def test_the_count_is_that_of_the_booklet(
    library: Library, asked: Questions, counter: Counter, name: tuple[str, ...]
) -> None:
    answers = told(asked, topics=("symptoms",), text_size=("24",), name=name)
    made = build.build(library, to_request(library, answers, MADE))
    size = counter.size(answers)
    assert (size.pages, size.sheets) == (made.pages, made.sheets)
    assert size.words() == made.size()


def test_nothing_is_known_of_answers_that_were_not_counted(asked: Questions, counter: Counter) -> None:
    answers = told(asked, topics=("family",))
    assert counter.known(answers) is None
    size = counter.size(answers)
    assert counter.known(answers) == size
    assert counter.known({**answers, "detail": ("more",)}) is None
    assert counter.known({**answers, NAME: ("Edna",)}) == size, "a name changes no page"


def test_larger_print_holds_fewer_letters_a_line(asked: Questions, counter: Counter) -> None:
    sizes = [counter.size(told(asked, topics=("family",), text_size=(size,))) for size in ("16", "18", "24", "28")]
    letters = [size.letters for size in sizes]
    assert letters == sorted(letters, reverse=True)
    assert letters[0] in range(60, 71)
    assert letters[3] in range(34, 41)
    spaced = counter.size(told(asked, topics=("family",), letter_spacing=("wider",)))
    assert spaced.letters < sizes[1].letters


def test_answers_that_make_no_booklet_say_why(asked: Questions, counter: Counter) -> None:
    size = counter.size(told(asked, topics=("family",), text_size=("24",), paper=("A5",)))
    assert size.pages == 0
    assert size.words().startswith("Paper A5 does not work with print size 24.")


def test_the_pages_of_the_topics_are_those_between_their_beginnings(
    library: Library, asked: Questions, counter: Counter
) -> None:
    answers = told(asked, topics=("family",))
    chapters = counter.chapters(answers)
    assert set(chapters) == {option.value for option in asked[TOPICS].options}
    assert all(pages >= 1 for pages in chapters.values())
    every = counter.size({**answers, TOPICS: tuple(chapters)})
    assert sum(chapters.values()) < every.pages
    assert counter.known_chapters({**answers, TOPICS: ("trials",), PACK: ("carer",)}) == chapters


def test_fewer_parts_of_a_topic_take_fewer_pages(asked: Questions, counter: Counter) -> None:
    whole = counter.chapters(told(asked))
    key = parts_of("side-effects")
    some = told(asked, topics=("side-effects",)) | {PARTS: (YES,), key: asked[key].default[:2]}
    assert counter.chapters(some)["side-effects"] < whole["side-effects"]
    assert counter.chapters(some)["trials"] == whole["trials"]


def test_a_booklet_is_long_when_it_is_too_thick_to_fold() -> None:
    assert not Size(LONG).long
    assert Size(LONG + 1).long


def test_what_was_answered_can_be_forgotten(
    library: Library, asked: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    real = counting.pages_of
    monkeypatch.setattr(counting, "pages_of", lambda *given: calls.append(given) or real(*given))
    counter = Counter(library, asked, MADE)
    answers = told(asked, topics=("family",))
    counter.size(answers)
    counter.size(answers)
    assert len(calls) == 1
    counter.forget()
    assert counter.known(answers) is None
