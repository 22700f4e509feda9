"""Every page at every size, without a screen: nothing is cut, the focus is to be seen and the cursor is on it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from booklet.library import Library
from booklet.tui.rows import label, lines
from tests.sitting import PAGES, SIZES, TINY, Sitting, opened, short_booklets


@pytest.fixture
def sitting(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """With page counts that need no laying out."""
    short_booklets(monkeypatch)
    return Sitting(library, tmp_path)


@pytest.mark.parametrize("size", [*SIZES, TINY], ids=str)
@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_every_page_can_be_reached_and_the_cursor_goes_with_it(
    sitting: Sitting, name: str, size: tuple[int, int]
) -> None:
    opened(sitting, name)
    sitting.size = size
    page = sitting.desk.page
    missing = {row.text for row in (*page.body(), *page.foot()) if row.text}
    sitting.screen()
    stops = sitting.desk.stops()
    seen = ""
    for row in stops:
        sitting.desk.focus(row.key)
        shown = sitting.screen()
        text = sitting.words()
        missing = {each for each in missing if "".join(each.split()) not in "".join(text.split())}
        assert page.view().heading in text, (row, sitting.grid())
        assert "\u2026" not in text
        focused = [line.text for line in shown.lines if line.focused]
        whole = "".join("".join(lines(row, size[0], True)).split()).replace(">", "")
        assert "".join("".join(focused).split()).replace(">", "") == whole or row.reads, sitting.grid()
        assert focused[0].lstrip().startswith(">")
        x, y = shown.cursor
        if row.value is None:
            around = shown.lines[y].text[x : x + 40]
            assert f"> {row.mark}" in around
            assert label(row)[: min(20, size[0] - 16)].rpartition(" ")[0] in around
        seen += text + " "
    parts = "".join(seen.split())
    assert not {each for each in missing if not all(word in parts for word in each.split())}
    assert not {each for each in missing if len(each) < 3 * (size[0] - 8)}, "only a long text is shown in parts"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_has_the_focus_is_on_the_screen_after_the_window_changed(sitting: Sitting, size: tuple[int, int]) -> None:
    opened(sitting, "topics")
    for n in range(0, 20, 3):
        sitting.keys("home", *["down"] * n)
        for sitting.size in (size, TINY, (80, 24), size):
            shown = sitting.screen()
            assert any(line.focused for line in shown.lines), (n, sitting.size)
            assert sitting.desk.page.heading in sitting.words()


@pytest.mark.parametrize("name", PAGES)
def test_every_letter_on_the_screen_is_in_the_fonts_of_old_consoles(sitting: Sitting, name: str) -> None:
    opened(sitting, name)
    sitting.size = (120, 200)
    sitting.grid().encode("cp1252")


def test_the_first_page_is_as_drawn(sitting: Sitting, golden: Callable[[str], None]) -> None:
    golden(sitting.grid())


def test_the_topics_are_as_drawn(sitting: Sitting, golden: Callable[[str], None]) -> None:
    opened(sitting, "topics")
    golden(sitting.grid())


@pytest.mark.parametrize("height", [24, 12])
def test_the_topics_magnified_are_as_drawn(sitting: Sitting, golden: Callable[[str], None], height: int) -> None:
    opened(sitting, "topics")
    sitting.size = (40, height)
    golden(sitting.keys("down", "down").grid())


def test_the_print_sizes_are_as_drawn(sitting: Sitting, golden: Callable[[str], None]) -> None:
    opened(sitting, "reading")
    golden(sitting.grid())


def test_the_check_is_as_drawn(sitting: Sitting, golden: Callable[[str], None]) -> None:
    opened(sitting, "check")
    golden(sitting.grid())


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_help(sitting: Sitting, name: str) -> None:
    opened(sitting, name)
    if name != "help":
        assert sitting.desk.page.help
        assert all(said.endswith((".", "?")) for said in sitting.desk.page.help)


def test_no_single_letter_does_anything_outside_a_line_to_type_on(sitting: Sitting) -> None:
    for name in PAGES:
        sitting.desk.home()
        opened(sitting, name)
        page, at, before = sitting.desk.page, sitting.desk.page.at, sitting.desk.answers
        if sitting.desk.draft is None and name != "topics":
            sitting.keys(*"abcqxyz0123456789?")
            assert (sitting.desk.page, sitting.desk.page.at, sitting.desk.answers) == (page, at, before), name
