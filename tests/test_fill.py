"""Filling pages: every line once, in order, inside the page, and groups whole wherever a page can hold them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from booklet.paginate.fill import fill
from booklet.paginate.types import FREE, HEADING, ITEM, LEAD, LINE, LOOSE, PAIR, Strip

strips = st.lists(
    st.builds(
        Strip,
        st.just(()),
        height=st.floats(1, 40),
        above=st.floats(0, 20),
        below=st.floats(0, 20),
        keep=st.sampled_from([FREE, LOOSE, ITEM, PAIR, LEAD, HEADING, LINE]),
        new_page=st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=60,
)


def line(keep: int = FREE, **more: object) -> Strip:
    return Strip((), 10, keep=keep, **more)  # type: ignore[arg-type]


def sizes(made: list[Strip], depth: float) -> list[int]:
    return [len(page.lines) for page in fill(made, depth)]


@given(strips, st.floats(40, 200))
def test_every_strip_is_placed_once_in_order_inside_the_page(made: list[Strip], depth: float) -> None:
    pages = fill(made, depth)
    assert [placed.strip for page in pages for placed in page.lines] == made
    for page in pages:
        for placed in page.lines:
            assert placed.top + placed.strip.height <= depth + 0.02
        for before, after in zip(page.lines, page.lines[1:], strict=False):
            assert after.top >= before.top + before.strip.height - 0.01


@given(strips, st.floats(40, 200))
def test_a_page_ends_inside_a_group_only_when_no_page_could_hold_it(made: list[Strip], depth: float) -> None:
    tops = [placed.top for page in fill(made, depth) for placed in page.lines]
    placed = 0
    for page in fill(made, depth)[:-1]:
        placed += len(page.lines)
        joint = made[placed - 1].keep
        if joint == FREE or made[placed].new_page:
            continue
        begin, end = bounds(made, placed, joint)
        used = tops[begin - 1] + made[begin - 1].height if begin > placed - len(page.lines) else 0
        if joint in (LOOSE, ITEM, PAIR) and used <= depth * 0.6:
            continue  # keeping the box whole, a block of a divided box, or two of its items, would leave most of it blank
        group = made[begin : end + 1]
        gaps = sum(max(a.below, b.above) for a, b in itertools.pairwise(group))
        assert sum(strip.height for strip in group) + gaps > depth


def bounds(made: list[Strip], placed: int, joint: int) -> tuple[int, int]:
    """The first and last strip of the group that holds together, at least as strongly as `joint`, around a break."""
    begin, end = placed - 1, placed
    while begin and made[begin - 1].keep >= joint and not made[begin].new_page:
        begin -= 1
    while end + 1 < len(made) and made[end].keep >= joint and not made[end + 1].new_page:
        end += 1
    return begin, end


def test_a_box_is_divided_between_its_blocks_when_moving_it_would_leave_most_of_a_page_blank() -> None:
    box = [line(LINE), line(LOOSE), line(LINE), line()]
    assert sizes([line(), *box], 45) == [3, 2]
    assert sizes([line(), line(), line(), *box], 45) == [3, 4]


@given(strips, st.floats(40, 200))
def test_a_strip_that_begins_a_page_does(made: list[Strip], depth: float) -> None:
    for page in fill(made, depth):
        assert not any(placed.strip.new_page for placed in page.lines[1:])


def test_space_at_the_top_of_a_page_is_dropped() -> None:
    assert fill([line(above=5)], 100)[0].lines[0].top == 0


def test_the_larger_space_counts_between_two_strips() -> None:
    assert fill([line(below=4), line(above=6)], 100)[0].lines[1].top == 16


def test_a_group_goes_whole_to_the_next_page() -> None:
    assert sizes([line(), line(), line(LINE), line()], 35) == [2, 2]


def test_a_group_taller_than_a_page_is_divided_at_its_weakest_joint() -> None:
    assert sizes([line(LINE), line(LOOSE), line(LINE), line()], 35) == [2, 2]


def test_what_is_repeated_stands_above_a_strip_that_begins_a_page() -> None:
    header = line()
    rows = [line(), *(line(head=(header,)) for _ in range(4))]
    assert [[p.strip is header for p in page.lines] for page in fill(rows, 35)] == [[False] * 3, [True, False, False]]


def test_the_foot_of_a_page_that_goes_on_stands_at_its_bottom() -> None:
    foot = line(above=3)
    made = [line(foot=(foot,)), line(foot=(foot,)), line(foot=(foot,)), line()]
    pages = fill(made, 35)
    assert pages[0].lines[-1].strip is foot
    assert pages[0].lines[-1].top == 25
    assert sum(placed.strip is foot for page in pages for placed in page.lines) == len(pages) - 1


def test_a_list_is_divided_rather_than_begin_a_page_without_what_it_is_a_list_of() -> None:
    """A box that goes on says so: "Get help if, continued" is not dropped because a long list leaves no room."""
    head = (line(LINE),)
    items = [line(ITEM, head=head) for _ in range(3)]
    made = [line(), line(), *items, line(FREE, head=head)]
    pages = fill(made, 45)
    assert [len(page.lines) for page in pages] == [4, 3]
    assert pages[1].lines[0].strip is head[0]


def test_where_there_is_no_room_for_all_that_is_repeated_its_lead_stays() -> None:
    pad, title, lead = line(LINE), line(LINE), line(LINE)
    head = (pad, title, lead)
    item = [line(LINE, head=head, lead=1), line()]
    pages = fill([line(), line(), line(), *item], 45)
    assert [placed.strip for placed in pages[1].lines] == [pad, lead, *item]


def test_where_there_is_no_room_for_the_lead_either_the_item_is_divided() -> None:
    pad, lead = line(LINE), line(LINE)
    item = [line(LINE, head=(pad, lead), lead=1), line(LINE), line()]
    pages = fill([line(), line(), line(), *item], 35)
    assert [[placed.strip for placed in page.lines] for page in pages[1:]] == [[pad, lead, item[0]], item[1:]]


def test_two_items_of_a_divided_list_are_parted_rather_than_leave_a_page_nearly_blank() -> None:
    items = [line(ITEM), line(PAIR), line(PAIR), line()]
    assert sizes([line(), line(), *items], 35) == [3, 3]
