"""A block that one page cannot hold goes on between its units, and never with a lonely sign."""

from hypothesis import given
from hypothesis import strategies as st

from booklet.paginate.share import share
from booklet.paginate.types import Strip

TITLE = ((Strip((), 10),), (Strip((), 10),))
FEET = ((Strip((), 10),), (Strip((), 10),))


def shares(heights: list[float], depth: float, texts_after: int = 0) -> list[int]:
    units = [[Strip((), height)] for height in heights]
    signs = [True] * (len(heights) - texts_after) + [False] * texts_after
    starts = sorted(share(units, signs, TITLE, FEET, depth))
    return [end - begin for begin, end in zip(starts, [*starts[1:], len(heights)], strict=True)]


def test_one_page_where_one_page_holds_it() -> None:
    assert shares([10] * 5, 60) == [5]


def test_a_last_sign_is_not_left_alone() -> None:
    assert sorted(shares([10] * 5, 59)) == [2, 3]


def test_no_page_is_left_with_one_sign_when_the_last_two_move_on() -> None:
    assert 1 not in shares([30, 10, 30, 10, 10], 75)


def test_text_after_the_signs_may_have_a_page_to_itself() -> None:
    assert shares([10, 10, 10, 40], 55, texts_after=1) == [3, 1]


@given(st.lists(st.floats(5, 20), min_size=2, max_size=14), st.floats(62, 200))
def test_no_sign_is_ever_lonely_where_any_two_fit(heights: list[float], depth: float) -> None:
    made = shares(heights, depth)
    assert sum(made) == len(heights)
    if len(heights) % 2 == 0 or depth >= 82:  # pairs, or three at a time, always make an even share possible
        assert 1 not in made
