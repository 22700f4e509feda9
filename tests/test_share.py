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


def divided(
    units: list[tuple[float, bool]],
    depth: float,
    titles: tuple[float, float] = (0, 0),
    feet: tuple[float, float] = (0, 0),
    below: float = 0,
) -> list[int]:
    """How many units each page has, of units that are so tall and are a sign or not."""
    strips = [[Strip((), height, below=below)] for height, _ in units]
    heads, ends = (tuple([Strip((), height)] for height in pair) for pair in (titles, feet))
    starts = sorted(share(strips, [sign for _, sign in units], heads, ends, depth))
    return [end - begin for begin, end in zip(starts, [*starts[1:], len(units)], strict=True)]


def signs(*heights: float) -> list[tuple[float, bool]]:
    return [(height, True) for height in heights]


def texts(*heights: float) -> list[tuple[float, bool]]:
    return [(height, False) for height in heights]


def test_the_first_page_has_its_own_heading_and_the_next_ones_have_theirs() -> None:
    assert divided(signs(*[10] * 6), 50, titles=(20, 0)) == [2, 4]
    assert divided(signs(*[10] * 6), 50, titles=(0, 20)) == [4, 2]
    assert divided(signs(*[10] * 4), 40, titles=(0, 20)) == [4]
    assert divided(signs(*[10] * 4), 40, titles=(20, 0)) == [2, 2]
    assert divided(texts(40, 20, 20), 50, titles=(0, 20)) == [1, 1, 1]


def test_the_foot_says_whether_signs_follow() -> None:
    assert divided([*signs(10, 10), *texts(10, 10)], 30, feet=(20, 0)) == [2, 2]
    assert divided([*signs(10, 10, 10, 10), *texts(10)], 30, feet=(10, 10)) == [2, 3]


def test_the_last_page_has_no_foot() -> None:
    """What one page holds is not divided, though without its last unit and with a foot it would be too full."""
    assert divided(signs(10, 10, 10, 5), 36, feet=(10, 10)) == [4]
    assert divided(signs(10, 10, 10, 10, 10, 5), 36, feet=(10, 10)) == [2, 4]


def test_a_shorter_foot_may_make_room_for_the_last_sign() -> None:
    """A page that is too full with two signs, since its foot says that signs follow, may hold all three."""
    assert divided([*signs(10, 10, 10), *texts(20)], 40, feet=(40, 10)) == [3, 1]


def test_the_space_below_a_unit_counts_before_the_foot() -> None:
    def starts(depth: float) -> set[int]:
        heights = [(Strip((), 4), Strip((), 3), Strip((), 3, below=below)) for below in (0, 3, 2, 0)]
        return share(heights, [False] * 4, ((), ()), ((Strip((), 10),), (Strip((), 10),)), depth)

    assert starts(33) == {0, 2}
    assert starts(32.5) == {0, 1, 2}


def test_a_unit_taller_than_a_page_has_one_to_itself() -> None:
    assert divided(texts(10, 90, 10), 50) == [1, 1, 1]
    assert divided(texts(10, 90), 50) == [1, 1]
    assert divided(texts(10, 10, 90), 50) == [2, 1]


def test_the_fewest_pages_win_even_where_more_would_be_fuller() -> None:
    assert divided(signs(10, 10, 10, 10), 100, titles=(0, 80), feet=(80, 80)) == [4]
    assert divided(signs(*[10] * 6), 65) == [6]


def test_of_as_many_pages_the_most_even_win() -> None:
    assert divided(signs(*[10] * 6), 45) == [3, 3]
    assert divided(texts(10, 10, 10, 10, 40), 70) == [4, 1]
    assert divided(texts(*[10] * 9), 45) == [3, 3, 3]


def test_even_means_that_all_pages_are_alike_and_not_that_the_emptiest_is_fuller() -> None:
    """Pages 55, 85 and 85 full; 95, 60 and 70 is what [3, 3, 2] would make, further from one another."""
    assert divided(texts(15, 30, 40, 15, 20, 15, 30, 40), 100, feet=(10, 10)) == [2, 3, 3]


def test_the_only_sign_may_be_alone() -> None:
    assert divided([*signs(30), *texts(30)], 40) == [1, 1]


def test_pages_that_all_have_signs_come_before_more_even_ones() -> None:
    assert divided([*signs(10, 10, 10, 10), *texts(40)], 60) == [2, 3]
    assert divided([*signs(10, 10, 10, 10), *texts(40)], 45) == [4, 1]
    assert divided([*signs(10, 10, 10), *texts(10)], 35) == [3, 1]
