"""The full-screen interface: one question a page, by keyboard alone."""

from booklet.tui.app import BookletApp

__all__ = ["BookletApp"]
