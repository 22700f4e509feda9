"""The interface by its own keys, read as a grid of characters."""

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pikepdf
import pytest
from textual import events
from textual.pilot import Pilot

from booklet.questions import NAME, TOPICS
from booklet.tui import BookletApp
from booklet.tui import app as app_module
from booklet.tui.screens import NameField

SCREENS = ((80, 24), (40, 24), (40, 12), (120, 40))


def walk(steps: Callable[[Pilot[int]], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> BookletApp:
    app = BookletApp()

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await steps(pilot)

    asyncio.run(go())
    return app


async def settle(pilot: Pilot[int]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def keys(pilot: Pilot[int], *pressed: str) -> None:
    await pilot.press(*pressed)
    await settle(pilot)


def grid(pilot: Pilot[int]) -> list[str]:
    """The screen as text, a string a row."""
    width, height = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).ljust(width)[:width].rstrip() for strip in strips[:height]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(app_module, "documents", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("size", SCREENS)
def test_a_booklet_is_made_by_keys_alone_and_the_screen_says_where(size: tuple[int, int], folder: Path) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "down", "down", "space")
        await keys(pilot, "tab", "enter")  # topics
        await keys(pilot, "down", "down", "space", "tab", "enter")  # size: 24
        await keys(pilot, "tab", "enter")  # detail
        await keys(pilot, *"Edna", "enter")
        assert any("> [ Make the booklet ]" in row for row in grid(pilot))
        await keys(pilot, "enter")
        rows = " ".join(row.strip() for row in grid(pilot))
        assert "Your booklet is ready" in rows
        (made,) = folder.iterdir()
        assert str(made).replace(" ", "") in rows.replace(" ", "")
        assert "Edna" not in made.name

    walk(steps, size)
    (made,) = folder.iterdir()
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) > 20


@pytest.mark.parametrize("size", SCREENS)
def test_nothing_is_clipped_on_any_page(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space")
        for page in range(5):
            rows = grid(pilot)
            text = " ".join(" ".join(rows).split())
            heading = pilot.app.screen.words["heading"]  # type: ignore[attr-defined]
            assert heading in text, (page, rows)
            assert "1 topic chosen." in text
            assert "sheets of paper." in text
            assert "Ctrl+Q leave" in text
            assert sum(row.lstrip().startswith(">") for row in rows) == (0 if page == 3 else 1)
            if page < 4:
                assert "[ Continue ]" in text
            assert "\u2026" not in text
            await keys(pilot, *(("enter",) if page == 3 else ("tab", "enter") if page < 3 else ()))

    walk(steps, size)


def test_chosen_and_focused_differ_as_text() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        before = grid(pilot)
        await keys(pilot, "space")
        chosen = grid(pilot)
        await keys(pilot, "down")
        moved = grid(pilot)
        assert any("> [ ] Emergencies" in row for row in before)
        assert any("> [x] Emergencies" in row for row in chosen)
        assert any("  [x] Emergencies" in row for row in moved)
        assert any("> [ ] About secondary breast cancer" in row for row in moved)

    walk(steps)


def test_keys_typed_ahead_reach_the_page_they_were_meant_for() -> None:
    app = walk(
        lambda pilot: keys(
            pilot,
            "space",
            "down",
            "space",
            "tab",
            "enter",
            "end",
            "space",
            "tab",
            "enter",
            "tab",
            "enter",
            *"Al",
            "enter",
        )
    )
    assert app.answers[TOPICS] == ("emergencies", "understanding")
    assert app.answers["text-size"] == ("36",)
    assert app.answers[NAME] == ("Al",)


def test_continue_without_a_topic_says_what_to_do() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "tab", "enter")
        assert "There is a problem. Nothing is chosen yet. Choose at least one topic" in " ".join(grid(pilot))

    walk(steps)


def test_back_and_change_return_to_where_one_was() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "tab", "enter")
        await keys(pilot, "escape")
        assert "How big should the print be?" in " ".join(grid(pilot))
        await keys(pilot, "tab", "enter", "tab", "enter", "enter")
        await keys(pilot, "down", "down", "enter")  # change print size
        assert "How big should the print be?" in " ".join(grid(pilot))
        await keys(pilot, "home", "space", "tab", "enter")
        assert "Change print size: 16 point" in " ".join(grid(pilot))

    walk(steps)


def test_the_count_follows_every_choice_and_is_never_of_another() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        assert "Nothing is chosen yet." in " ".join(grid(pilot))
        await keys(pilot, "space")
        one = _pages(grid(pilot))
        await keys(pilot, "down", "space")
        two = _pages(grid(pilot))
        await keys(pilot, "space")
        assert _pages(grid(pilot)) == one < two
        await keys(pilot, "home", "space")
        assert "Nothing is chosen yet." in " ".join(grid(pilot))

    walk(steps)


def _pages(rows: list[str]) -> int:
    row = next(row for row in rows if "sheets of paper" in row)
    return int(row.split("chosen. ")[1].split(" pages")[0])


def test_the_hardware_cursor_stands_on_the_focused_label() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        for key in ("down", "down", "space", "up", "tab", "shift+tab"):
            await keys(pilot, key)
            at = pilot.app.cursor_position
            assert grid(pilot)[at.y][at.x :].startswith(">"), key

    walk(steps)


def test_what_was_typed_is_shown_as_it_is_and_lost_on_leaving(folder: Path) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "tab", "enter", "tab", "enter")
        await keys(pilot, *"O'Brien [Mrs] [/x]", "enter")
        assert "O'Brien [Mrs] [/x]" in " ".join(grid(pilot))
        await keys(pilot, "ctrl+q")
        assert "Leave?" in " ".join(grid(pilot))
        await keys(pilot, "down", "enter")

    app = walk(steps)
    assert app.return_value == 0
    assert list(folder.iterdir()) == []


def test_a_name_that_cannot_be_printed_is_said_where_it_is_typed() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "tab", "enter", "tab", "enter", "א", "enter")
        text = " ".join(" ".join(grid(pilot)).split())
        assert "Whose booklet is it?" in text
        assert (
            "There is a problem. What was typed has letters that this program cannot print: hebrew letter alef." in text
        )
        await keys(pilot, "backspace", "E", "enter")
        assert "Change name: E" in " ".join(grid(pilot))

    walk(steps)


def test_a_problem_leaves_the_answers_safe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(app_module, "documents", lambda: tmp_path / "gone")

    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "tab", "enter", "tab", "enter", "enter", "enter")
        text = " ".join(" ".join(grid(pilot)).split())
        assert "There is a problem" in text
        assert "There is no such folder." in text
        assert " -o " not in text
        await keys(pilot, "ctrl+c")
        assert "Leave?" in " ".join(grid(pilot)), "the answers would be lost, so it asks"
        await keys(pilot, "escape")
        assert "Change topics: Emergencies" in " ".join(grid(pilot))

    walk(steps)


def test_a_name_that_is_pasted_in_lines_is_one_name() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "tab", "enter", "tab", "enter")
        pilot.app.screen.query_one(NameField).post_message(events.Paste("Edna\nSmith\n"))
        await keys(pilot, "enter")
        assert "Change name: Edna Smith" in " ".join(grid(pilot))

    walk(steps)


def test_leaving_is_asked_about_and_escape_stays_on_the_same_page() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "ctrl+q")
        assert "Leave?" in " ".join(grid(pilot))
        await keys(pilot, "escape")
        assert "Which topics go in the booklet?" in " ".join(grid(pilot))

    walk(steps)


def test_a_window_that_shrinks_says_so_and_comes_back_as_it_was() -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "end")
        await pilot.resize_terminal(25, 9)
        await settle(pilot)
        text = " ".join(" ".join(grid(pilot)).split())
        assert text.startswith("This window is too small. Make it at least 26 letters wide and 10 lines high.")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        rows = grid(pilot)
        assert any("> (*) 36 point" in row for row in rows)
        assert any("( ) 16 point" in row for row in rows)
        assert not any("More above" in row for row in rows)

    walk(steps)


def test_the_making_can_be_stopped_and_nothing_is_saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def endless(library: object, request: object, format: str, progress: Callable[[int, int], None]) -> None:
        for done in itertools.count():
            begun.set()
            progress(done % 100, 100)

    monkeypatch.setattr(app_module.build, "build", endless)

    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "space", "tab", "enter", "tab", "enter", "tab", "enter", "enter")
        await pilot.press("enter")
        await asyncio.to_thread(begun.wait)
        await keys(pilot, "ctrl+c")
        assert "Nothing was saved. Your answers are safe." in " ".join(grid(pilot))

    walk(steps)
    assert list(folder.iterdir()) == []


def test_a_crash_shows_a_code_and_no_variables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        name = "Canary Featherstonehaugh"
        raise RuntimeError(name)

    monkeypatch.setattr(app_module.build, "pages_of", broken)
    with pytest.raises(Exception, match="Canary"):  # the test harness raises it again; a person sees what is printed
        walk(lambda pilot: keys(pilot, "space"))
    app = BookletApp()
    app._exception = RuntimeError("Canary")
    app._fatal_error()
    app._print_error_renderables()
    printed = capsys.readouterr()
    assert "Canary" not in printed.out + printed.err
    assert "Something went wrong inside this program. Code: " in printed.err


def test_there_is_no_command_palette_to_save_the_screen_with() -> None:
    assert BookletApp.ENABLE_COMMAND_PALETTE is False
