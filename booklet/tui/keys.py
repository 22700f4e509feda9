"""What each key means, whichever page is open."""

from typing import TYPE_CHECKING

from booklet.tui.line import edited

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

SAME = {"ctrl+g": "f1", "ctrl+r": "f10", "ctrl+c": "ctrl+q", "shift+up": "up", "shift+down": "down"}
"""Keys that mean the same as another, for keyboards and programs that lack it."""


def obey(desk: "Desk", key: str, letter: str | None) -> None:
    """Does what a key says."""
    if not _typed(desk, key, letter):
        _obey(desk, key, letter)
        if desk.draft is None:
            desk.settle()


def _typed(desk: "Desk", key: str, letter: str | None) -> bool:
    """Whether the key belonged to the line that is being typed on."""
    before = desk.draft
    after = edited(before, key, letter) if before else None
    if before is None or after is None:
        return False
    desk.draft = after
    if after.text != before.text:
        desk.page.editing(after.key, after.text)
    return True


def _obey(desk: "Desk", key: str, letter: str | None) -> None:
    page = desk.page
    match key:
        case "up" | "down":
            desk.move(1 if key == "down" else -1)
        case "tab" | "shift+tab":
            desk.move(1 if key == "tab" else -1, group=True)
        case "home" | "end":
            desk.move(-1000 if key == "home" else 1000)
        case "pageup" | "pagedown":
            by = 1 if key == "pagedown" else -1
            if not page.page_by(by):
                desk.move(5 * by)
        case "left" | "right":
            page.side(page.at, key == "right")
        case "escape":
            desk.commit()
            page.escape()
        case "enter" if desk.draft is not None:
            page.enter(page.at)
        case "enter" | "space":
            desk.press(page.at)
        case "ctrl+d":
            page.copied(page.at)
        case "delete":
            page.removed(page.at)
        case "ctrl+l":
            desk.commit()
            desk.hidden = not desk.hidden
            desk.said = "What you typed is hidden. Ctrl+L shows it." if desk.hidden else "What you typed is shown."
        case _:
            _everywhere(desk, key, letter)


def _everywhere(desk: "Desk", key: str, letter: str | None) -> None:
    """Keys that no row has to do with."""
    from booklet.tui.screens.help import Help

    match key:
        case "ctrl+q":
            desk.page.leave()
        case "ctrl+z":
            desk.undo()
        case "f1" if not isinstance(desk.page, Help):
            desk.open(Help(desk, desk.page))
        case "f10":
            desk.commit()
            desk.page.check()
        case "f12":
            desk.page.details()
        case _:
            if letter and letter.isprintable():
                desk.page.find(letter)
