"""The line breaker: nothing lost, nothing too wide, nothing divided that must not be (LP-08, LP-09, LP-11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.model import Run
from booklet.paginate.lines import UNDIVIDED, set_lines
from tests.conftest import HalfRuler, styles

STYLE = styles("18")["body"]
RULER = HalfRuler()
EM = STYLE.size / 2
"""The width of a letter on the ruler."""

words = st.text("abcdefghij.,-", min_size=1, max_size=12)
numbers = st.sampled_from(
    ["0808 800 6000", "20 November 2026", "24 hours", "37.5C or higher", "3 to 4 weeks", "below 36C", "page 12"]
)
texts = st.lists(words | numbers, min_size=1, max_size=40).map(" ".join)
runs = st.lists(st.builds(Run, texts, st.booleans()), min_size=1, max_size=4).map(
    lambda made: (*tuple(Run(run.text + " ", run.strong) for run in made[:-1]), made[-1])
)


def lines_of(made: tuple[Run, ...], letters: int, limit: int = 70) -> list[str]:
    lines = set_lines(made, STYLE, letters * EM, RULER, owner=(0,), limit=limit)
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def test_words_fill_a_line_and_no_more() -> None:
    assert lines_of((Run("one two three"),), 8) == ["one two ", "three"]


def test_the_space_between_a_bold_run_and_the_next_is_kept() -> None:
    assert lines_of((Run("Dial "), Run("999", strong=True), Run(" now")), 40) == ["Dial 999 now"]


def test_a_word_in_two_runs_is_one_word() -> None:
    assert lines_of((Run("now"), Run("here", strong=True), Run(", then")), 9) == ["nowhere, ", "then"]


def test_a_line_break_that_was_asked_for_is_kept() -> None:
    assert lines_of((Run("one\ntwo"),), 40) == ["one ", "two"]


@pytest.mark.parametrize(
    "whole",
    [
        "0808 800 6000",
        "0800 917 7711",
        "20 November 2026",
        "November 2026",
        "24 hours",
        "3 to 4 weeks",
        "1 to 5 visits",
        "100 mm",
        "18 point",
        "37.5C or higher",
        "below 36C",
        "12 months",
        "page 12",
        "10 in 100 people",
        "make2ndscount.co.uk",
    ],
)
def test_a_piece_of_information_is_not_divided(whole: str) -> None:
    for before in range(1, 30):
        made = lines_of((Run("x" * before + " " + whole + " after"),), 30)
        assert any(whole in line for line in made), made


@given(runs, st.integers(10, 80))
def test_the_lines_hold_every_word_in_order_and_nothing_else(made: tuple[Run, ...], letters: int) -> None:
    text = "".join(run.text for run in made)
    assert "".join(lines_of(made, letters)).replace(" ", "") == text.replace(" ", "")


@given(runs, st.integers(40, 80))
def test_no_word_is_cut_and_words_stay_apart_when_lines_can_hold_them(made: tuple[Run, ...], letters: int) -> None:
    assert "".join(lines_of(made, letters)).split() == "".join(run.text for run in made).split()


@given(runs, st.integers(1, 80), st.integers(20, 70))
def test_no_line_is_wider_than_the_measure_or_longer_than_the_limit(
    made: tuple[Run, ...], letters: int, limit: int
) -> None:
    for line in set_lines(made, STYLE, letters * EM, RULER, owner=(0,), limit=limit):
        assert line.width <= letters * EM + 0.01
        text = "".join(piece.text for piece in line.pieces).rstrip()
        assert len(text) <= limit or UNDIVIDED.fullmatch(text)
        assert line.pieces[0].x == 0, "every line begins at the left"


@given(runs, st.integers(40, 80))
def test_pieces_follow_one_another_without_gaps(made: tuple[Run, ...], letters: int) -> None:
    for line in set_lines(made, STYLE, letters * EM, RULER, owner=(0,)):
        for before, after in zip(line.pieces, line.pieces[1:], strict=False):
            assert after.x == pytest.approx(before.x + before.width)


@given(texts, st.integers(30, 80))
def test_numbers_and_dates_are_whole_on_their_line(text: str, letters: int) -> None:
    whole = [found.group() for found in UNDIVIDED.finditer(text) if len(found.group()) <= 30]
    joined = "\n".join(lines_of((Run(text),), letters))
    for each in whole:
        assert each in joined


def test_what_no_line_can_hold_is_cut_after_a_mark_that_shows() -> None:
    assert lines_of((Run("cancerresearchuk.org/about-cancer"),), 24) == ["cancerresearchuk.org/", "about-cancer"]
