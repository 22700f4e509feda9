"""Rows to lines and pages to screens, as data: wrapping, the place of the cursor, what scrolls and what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from booklet.terminal import HEIGHT, WIDTH
from booklet.tui.draw import View, draw
from booklet.tui.rows import Row, button, caret_of, entry, fold, heading, lines, option, reading

WORDS = st.text(alphabet="ab -\u00e9\u4e16\U0001f600", max_size=80)
ROWS = st.lists(
    st.one_of(
        st.builds(Row, st.just("Some text to be read between the choices")),
        st.builds(heading, st.just("A question that is long enough to be wrapped?")),
        st.integers(1, 40).map(lambda n: option(f"q={n}", "word " * n, "many", n % 2 == 0, "a note " * (n % 3))),
        st.integers(1, 9).map(lambda n: button(f"do-{n}", "Do it " * n)),
    ),
    min_size=1,
    max_size=30,
)


@given(WORDS, st.integers(2, 60))
def test_a_folded_text_is_the_text_and_no_piece_is_too_wide(text: str, width: int) -> None:
    pieces = fold(text, width)
    assert "".join(pieces) == text
    assert all(cell_len(piece.rstrip(" ")) <= width for piece in pieces)


def test_a_line_is_folded_after_a_space() -> None:
    assert fold("Taking a break from treatment, or stopping", 22) == ["Taking a break from ", "treatment, or stopping"]
    assert fold("unbreakable", 4) == ["unbr", "eaka", "ble"]
    assert fold("", 4) == [""]


def test_chosen_and_focused_differ_as_text() -> None:
    on, off = (option("q=a", "Side effects", "many", chosen) for chosen in (True, False))
    assert lines(on, 40) == ["  [x] Side effects"]
    assert lines(off, 40) == ["  [ ] Side effects"]
    assert lines(on, 40, pointed=True) == ["> [x] Side effects"]
    one = option("q=a", "18 point", "one", True)
    assert lines(one, 40) == ["  (*) 18 point"]


def test_a_note_stands_beside_its_label_where_there_is_room_and_else_below() -> None:
    row = option("q=a", "16 point", "one", False, "smallest large print, 52 pages")
    assert lines(row, 80, column=10) == ["   ( ) 16 point    smallest large print, 52 pages"]
    assert lines(row, 40) == ["  ( ) 16 point", "        smallest large print, 52 pages"]
    assert lines(option("q=a", "Symptoms", "many", False, "8 pages"), 40) == ["  [ ] Symptoms  8 pages"]


def test_the_caret_stands_where_the_next_letter_goes() -> None:
    row = entry("name", "Name", "Edna Smith")
    assert caret_of(row, 40, 0) == (0, len("> Name: "))
    assert caret_of(row, 40, 4) == (0, len("> Name: Edna"))
    assert caret_of(entry("name", "Name", "Edna Smith of the long road"), 26, 27) == (1, len("  long road"))


@given(ROWS, st.integers(WIDTH, 130), st.integers(HEIGHT, 50), st.data())
def test_what_has_the_focus_is_whole_on_the_screen_and_no_line_is_too_wide(
    rows: list[Row], width: int, height: int, data: st.DataObject
) -> None:
    rows = [Row(r.text, f"{r.key}{n}" if r.key else "", mark=r.mark, note=r.note) for n, r in enumerate(rows)]
    foot = (button("continue", "Continue"),)
    status = ("2 topics chosen. 61 pages, 31 sheets of paper.",)
    view = View("Which topics go in?", "Step 1 of 4", "Choose.", True, tuple(rows), foot, status, ("Tab  next",))
    at = data.draw(st.sampled_from([row.key for row in view.rows() if row.key]))
    shown = draw(view, (width, height), at, data.draw(st.integers(0, 40)))
    assert len(shown.lines) == height
    assert all(cell_len(line.text.rstrip()) <= width for line in shown.lines)
    row = next(row for row in view.rows() if row.key == at)
    needed = lines(row, width, True)
    focused = [line.text for line in shown.lines if line.focused]
    if len(needed) <= height - 7:
        assert "".join(" ".join(focused).split()) == "".join(" ".join(needed).split())
    assert focused[0].lstrip().startswith(">")
    assert shown.lines[shown.cursor[1]].focused
    assert "Which topics go in?" in [line.text.strip() for line in shown.lines]


def test_what_is_not_shown_is_said_in_words() -> None:
    body = tuple(option(f"q={n}", f"Topic {n}", "many", False) for n in range(14))
    shown = draw(View("Which?", "Step 1 of 4", back=False, body=body), (40, 12), "q=5", top=3)
    said = [line.text.strip() for line in shown.lines if "More" in line.text]
    assert said == ["More above: 3 of 14 not shown", "More below: 3 of 14 not shown"]


def test_a_window_that_grows_shows_what_it_can() -> None:
    body = tuple(option(f"q={n}", f"Topic {n}", "many", False) for n in range(14))
    shown = draw(View("Which?", back=False, body=body), (80, 24), "q=13", top=9)
    assert shown.top == 0
    assert not any("More" in line.text for line in shown.lines)


def test_a_window_too_small_for_anything_says_so() -> None:
    shown = draw(View("Which?"), (WIDTH - 1, HEIGHT), "back")
    words = " ".join(" ".join(line.text for line in shown.lines).split())
    assert words.startswith("This window is too small. Make it at least 26 letters wide and 10 lines high.")


def test_a_long_paragraph_is_gone_through_in_parts() -> None:
    view = View("Help", back=False, body=tuple(reading(["word " * 60])))
    keys = [line.text for line in draw(view, (26, 10), "read-0").lines if line.focused]
    assert len(keys) == 3


@pytest.mark.parametrize(
    "text", ["O'Brien [Mrs] [/x]", "S\u0175n y M\u00f4r", "\U0001f600 Edna", "a" * 60, ":x: %s {y}"]
)
def test_odd_names_are_shown_as_they_are(text: str) -> None:
    view = View("Whose?", back=False, body=(entry("name", "Name", text),))
    shown = " ".join(line.text.strip() for line in draw(view, (40, 12), "name", caret=0).lines if line.focused)
    assert text.replace(" ", "") in shown.replace(" ", "")
