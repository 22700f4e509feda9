"""A terminal that is gone: Textual reads from it for ever at full speed, so the program ends as it does when a window closes."""

import os
import select
import signal
import sys
import threading


def watch() -> None:
    """Waits in a thread, without work, for the terminal to go away. It does nothing where a system cannot tell."""
    if hasattr(select, "poll") and hasattr(signal, "SIGHUP"):
        threading.Thread(target=_wait, args=(sys.stdin.fileno(),), daemon=True).start()


def _wait(terminal: int) -> None:
    poller = select.poll()
    poller.register(terminal, 0)
    if any(event & select.POLLHUP for _, event in poller.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
