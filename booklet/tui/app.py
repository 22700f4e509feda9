"""The app: Textual's part of the interface. It passes keys to the desk, draws what the desk shows and runs its jobs."""

import gc
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import get_current_worker

from booklet.errors import fault_code
from booklet.tui.desk import Desk
from booklet.tui.hangup import watch
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.looks import LOOKS, OWN
from booklet.tui.opening import OPEN
from booklet.tui.rows import Line, padded

if TYPE_CHECKING:
    from booklet.tui.loading import Known


class Canvas(Widget, can_focus=True):
    """All that is on the screen: lines of text. Only those that changed are drawn again."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.look = ""

    def show(self, lines: tuple[Line, ...], look: str, cursor_moved: bool) -> None:
        old, self.lines = self.lines, lines
        if look != self.look or len(old) != len(lines):
            self.look = look
            self.refresh()
            return
        changed = [n for n, (before, after) in enumerate(zip(old, lines, strict=True)) if before != after]
        if not changed and cursor_moved:
            changed = [0]  # the cursor is moved with what is drawn
        if changed:
            self.refresh(*(Region(0, n, self.size.width, 1) for n in changed))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line = self.lines[y] if y < len(self.lines) else Line("")
        look = LOOKS[self.look or "dark"]
        style = Style(color=look.ink, bgcolor=look.paper, bold=line.bold or line.focused, reverse=line.focused)
        return Strip([Segment(padded(line.text, width), style)]).adjust_cell_length(width, style)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        assert isinstance(self.app, BookletApp)
        self.app.pressed(event.key, event.character)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        assert isinstance(self.app, BookletApp)
        self.app.pasted(event.text)

    def on_resize(self) -> None:
        assert isinstance(self.app, BookletApp)
        self.app.draw()


class BookletApp(App[int], inherit_bindings=False):
    """The full screen. `fault` holds the code of a crash after it has run."""

    TITLE = "Large print booklets"
    ENABLE_COMMAND_PALETTE = False  # its screenshot would save what is on the screen
    CSS = "Screen { background: black; } Canvas { width: 100%; height: 100%; background: black; }"
    BINDINGS: ClassVar = []

    class Told(Message):
        """A job has found something."""

        def __init__(self, job: Job, found: object) -> None:
            super().__init__()
            self.job, self.found = job, found

    class Ended(Message):
        """A job has its result, or what kept it from one."""

        def __init__(self, job: Job, result: object) -> None:
            super().__init__()
            self.job, self.result = job, result

    def __init__(self, desk: Desk, is_open: bool = False) -> None:
        """With `is_open`, the first page is on the screen already and stays there (booklet/tui/opening.py)."""
        self._cursor = Offset(0, 0)
        self._is_open = is_open
        os.environ.pop(
            "NO_COLOR", None
        )  # the desk has heard it; Textual would draw the terminal's own colours in black
        super().__init__()
        self.fault = ""
        self.desk = desk
        desk.host = self
        self.canvas = Canvas()

    def get_driver_class(self) -> type[Driver]:
        """To open the screen a second time would clear it: a flash of another colour, in some terminals."""
        platform = super().get_driver_class()
        if not self._is_open:
            return platform

        class Continued(platform):  # type: ignore[misc,valid-type]  # it is chosen at run time
            opened = False

            def write(self, data: str) -> None:
                if data != OPEN or self.opened:
                    super().write(data)
                self.opened = self.opened or data == OPEN

        return Continued

    @property
    def cursor_position(self) -> Offset:
        """Where the hardware cursor stands: on the focused label (Textualize/textual issue 2348)."""
        return self._cursor

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        """Textual's own idea of it is not wanted."""

    def compose(self) -> ComposeResult:
        yield self.canvas

    def on_mount(self) -> None:
        self.canvas.show(self.desk.screen(self.size).lines, self.desk.look, False)  # or its first picture is empty
        self.canvas.focus()
        if self._driver is not None:
            self._driver.write("\x1b[?25h")  # braille displays and magnifiers follow the cursor
        if not self.is_headless:
            watch()

    def on_ready(self) -> None:
        """What takes time comes after the first page is on the screen; so does looking for memory to give back."""
        gc.freeze()
        gc.enable()
        self.call_after_refresh(self.start, Job("load", _known, self.loaded))

    def loaded(self, result: object) -> None:
        if isinstance(result, Exception):
            self.desk.pending = None
            self.desk.fail(result)
        else:
            self.desk.ready(result)  # type: ignore[arg-type]  # _known gives it

    def pressed(self, key: str, letter: str | None) -> None:
        self.desk.key(key, letter)
        self.draw()

    def pasted(self, text: str) -> None:
        self.desk.paste(text)
        self.draw()

    def draw(self) -> None:
        if not self.canvas.is_mounted:
            return
        width, height = self.canvas.size
        if not width or not height:
            return
        shown = self.desk.screen((width, height))
        before, self._cursor = self._cursor, Offset(*shown.cursor)
        if (self.desk.look == OWN) != bool(self.ansi_color):
            self.ansi_color = self.desk.look == OWN
        self.canvas.show(shown.lines, self.desk.look, self._cursor != before)

    def start(self, job: Job) -> None:
        work = partial(self.work, job)
        self.run_worker(work, thread=True, group=job.group, exclusive=True, exit_on_error=False)

    def stop(self, group: str) -> None:
        self.workers.cancel_group(self, group)

    def work(self, job: Job) -> None:
        """In a thread: says what it found and what came of it, and changes nothing."""
        worker = get_current_worker()

        def tell(found: object = None) -> None:
            if worker.is_cancelled:
                raise Stopped
            if found is not None:
                self.post_message(self.Told(job, found))

        try:
            result: object = job.run(tell)
        except Exception as e:  # noqa: BLE001  # it becomes a page that says so
            result = e
        self.post_message(self.Ended(job, result))

    @on(Told)
    def told(self, message: Told) -> None:
        message.job.told(message.found)
        self.draw()

    @on(Ended)
    def ended(self, message: Ended) -> None:
        message.job.then(message.result)
        self.desk.settle()
        self.draw()

    def _fatal_error(self) -> None:
        """A crash shows a code and never a variable: Textual's own report prints what was typed."""
        self.fault = fault_code(self._exception) if self._exception else "unknown"
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        if self.fault:
            print(f"Something went wrong inside this program. Code: {self.fault}.", file=sys.stderr)
            print("Nothing was saved but booklets that are ready.", file=sys.stderr)


def _known(tell: Tell) -> "Known":
    """What the program knows, and the modules that the next pages need: all that the first page does not wait for."""
    import booklet.counting
    import booklet.tui.screens.clinic_list
    import booklet.tui.screens.making
    import booklet.tui.screens.topics  # noqa: F401  # so that the next key need not wait for it
    from booklet.tui.loading import known

    return known()
