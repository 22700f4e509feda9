"""The app around the pages: its keys, its colours, its jobs, and what a crash may show."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from textual import events
from textual.pilot import Pilot

from booklet.questions import NAME, TOPICS
from booklet.tui.app import BookletApp, Canvas
from booklet.tui.desk import Desk
from booklet.tui.looks import LOOKS, OWN
from booklet.tui.outside import Outside
from tests.sitting import short_booklets


def walk(folder: Path, steps: Callable[[Pilot[int]], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> BookletApp:
    app = BookletApp(Desk(Outside(lambda: folder, lambda path: None, lambda: ()), date.today()))

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await steps(pilot)

    asyncio.run(go())
    return app


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def keys(pilot: Pilot[int], *pressed: str) -> None:
    await pilot.press(*pressed)
    await settle(pilot)


def strips(pilot: Pilot[int]) -> list[list[Segment]]:
    return [list(strip) for strip in pilot.app.screen._compositor.render_strips()]


def grid(pilot: Pilot[int]) -> list[str]:
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips(pilot)]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    short_booklets(monkeypatch)


def test_keys_typed_ahead_reach_the_page_they_were_meant_for(tmp_path: Path) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        pressed = [
            "enter",
            "space",
            "down",
            "space",
            "tab",
            "enter",
            "down",
            "enter",
            "tab",
            "tab",
            "tab",
            "enter",
            "A",
            "l",
            "f10",
        ]
        await keys(pilot, *pressed)
        assert "> [ Make the booklet ]" in "\n".join(grid(pilot))

    answers = walk(tmp_path, steps).desk.answers
    assert answers[TOPICS] == ("emergencies", "understanding")
    assert answers["text-size"] == ("20",)
    assert answers[NAME] == ("Al",)


def test_the_hardware_cursor_stands_on_the_focused_label(tmp_path: Path) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        for key in ("down", "down", "enter", "down", "enter", "up", "tab", "f10", "down", "escape", "shift+tab"):
            await keys(pilot, key)
            at = pilot.app.cursor_position
            assert grid(pilot)[at.y][at.x :].startswith("> "), (key, grid(pilot))

    walk(tmp_path, steps)


def test_what_is_pasted_is_typed(tmp_path: Path) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "enter", "up")
        pilot.app.query_one(Canvas).post_message(events.Paste("side\neffects"))
        await settle(pilot)
        assert "> Find: side effects" in "\n".join(grid(pilot))

    walk(tmp_path, steps)


def test_a_resize_draws_the_page_again(tmp_path: Path) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "enter", *["down"] * 12)
        for size in ((40, 12), (25, 9), (26, 10), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            shown = grid(pilot)
            assert len(shown) == size[1]
            if size == (25, 9):
                assert "This window is too small." in " ".join(shown)
            else:
                assert any(row.startswith((">", " >")) for row in shown), shown

    walk(tmp_path, steps)


@pytest.mark.parametrize("look", LOOKS)
def test_every_cell_is_seven_times_lighter_or_darker_than_its_ground(tmp_path: Path, look: str) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, *["down"] * 4, "enter", *["down"] * list(LOOKS).index(look), "enter", "escape")
        await keys(pilot, "home", "enter", "space")
        assert pilot.app.desk.look == look  # type: ignore[attr-defined]
        focused = 0
        for strip in strips(pilot):
            for segment in strip:
                style = segment.style
                assert style is not None
                assert style.color is not None
                assert style.bgcolor is not None
                focused += bool(style.reverse)
                assert not style.dim
                if look == OWN:
                    assert (style.color.is_default, style.bgcolor.is_default) == (True, True)
                else:
                    assert contrast(style.color, style.bgcolor) >= 7
        assert focused == 1

    walk(tmp_path, steps)


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_only_the_lines_that_changed_are_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    real = Canvas.render_line

    def counted(self: Canvas, y: int) -> object:
        drawn.append(y)
        return real(self, y)

    monkeypatch.setattr(Canvas, "render_line", counted)

    async def steps(pilot: Pilot[int]) -> None:
        await keys(pilot, "enter")
        drawn.clear()
        await keys(pilot, "down")
        assert set(drawn) == {8, 9}

    walk(tmp_path, steps)


def test_a_crash_shows_a_code_and_no_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        name = "Canary Featherstonehaugh"
        raise RuntimeError(name)

    monkeypatch.setattr("booklet.tui.focus.draw", broken)
    with pytest.raises(Exception, match="Canary"):  # the test harness raises it again; a person sees what is printed
        walk(tmp_path, lambda pilot: keys(pilot, "down"))
    app = BookletApp(Desk(Outside(), date.today()))
    app._exception = RuntimeError("Canary")
    app._fatal_error()
    app._print_error_renderables()
    printed = capsys.readouterr()
    assert "Canary" not in printed.out + printed.err
    assert "Something went wrong inside this program. Code: " in printed.err


def test_there_is_no_command_palette_to_save_the_screen_with() -> None:
    assert BookletApp.ENABLE_COMMAND_PALETTE is False
    assert BookletApp._merged_bindings is None or not BookletApp._merged_bindings.key_to_bindings
