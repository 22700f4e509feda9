"""Files to disk, whole or not at all; nothing else in this program writes a booklet."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import time

from booklet.errors import OutputError, Problem, RequestError
from booklet.work import locked

A_MOMENT = 60.0
"""Seconds from the end of writing a file to its name, at the most."""


def free_path(folder: Path, made: datetime) -> Path:
    """A file name that says when and not who or what, and that no file has yet (standards.md IG-03)."""
    stem = f"booklet-{made:%Y-%m-%d-%H%M}"
    names = (f"{stem}.pdf", *(f"{stem}-{n}.pdf" for n in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())


def check_target(path: Path) -> Path:
    """Where a booklet asked for at `path` is written, links followed.

    Raises RequestError when it cannot be written there, before any work is done.
    """
    problem = _in_the_way(path)
    if problem is None:
        with suppress(OSError, ValueError):
            return path.resolve()
    raise RequestError(problem or Problem("This file name cannot be used.", "Choose a shorter and simpler one."))


def save(data: bytes, path: Path) -> None:
    """Write beside the target, then rename: a reader never sees half a booklet, an older one is never lost.

    Only the person who made it can read the file. Raises OutputError.
    """
    save_all((data, path))


def save_all(*files: tuple[bytes, Path]) -> None:
    """As `save`, for files that belong together: none has its name before all are written. Raises OutputError."""
    at = Path()
    with ExitStack() as stack:
        try:
            for folder in {path.parent for _, path in files}:
                remove_unfinished(folder)
            written = []
            for data, at in files:
                written.append((stack.enter_context(_part(data, at)), at))
            for part, at in written:
                if at.exists() and not at.is_file():
                    raise IsADirectoryError(errno.EISDIR, "something else has this name")
                part.replace(at)
        except OSError as e:
            raise OutputError(_in_the_way(at) or _why(e, at)) from None


@contextmanager
def _part(data: bytes, path: Path) -> Iterator[Path]:
    """What will be the file of a path, beside it, and its lock, which is held until it has its name. Raises OSError."""
    part, lock = _begun(path.parent)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink()
        if lock is not None:
            os.close(lock)


def make_folder(folder: Path) -> None:
    """Only the person who made it can look into it. Raises RequestError when there can be no such folder."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except (OSError, ValueError):
        problem = _in_the_way(folder) if not folder.exists() else None
        problem = problem or Problem("There can be no folder of this name here.", "Choose another.", folder)
        raise RequestError(problem) from None


def remove(path: Path) -> None:
    """A file that this program wrote and that is no longer wanted."""
    with suppress(OSError):
        path.unlink()


def _begun(folder: Path) -> tuple[Path, int | None]:
    """An empty file of ours that only its owner can read, and its lock; none where a system has no such locks.

    Another process may take it for one that was left behind before it is locked; then another is begun. Raises OSError.
    """
    for left in reversed(range(5)):
        part, lock = folder / f".booklet-{os.urandom(6).hex()}.part", None
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if os.name != "nt":  # it keeps a file that is open anyway, and gives no other name to it
            with suppress(OSError):
                lock = locked(part)
        if lock is not None or os.name == "nt" or not left:
            break
        remove(part)
    return part, lock


def remove_unfinished(folder: Path) -> None:
    """What `save` was writing when the program or the computer was stopped at once; what another writes now stays."""
    with suppress(OSError):
        for path in folder.glob(".booklet-*.part"):
            if os.name == "nt":  # it keeps what is open; what was closed a moment ago is about to have its name
                if time() - path.stat().st_mtime > A_MOMENT:
                    remove(path)
            elif (lock := locked(path)) is not None:
                remove(path)
                os.close(lock)


def _in_the_way(path: Path) -> Problem | None:
    """What keeps a file from being written at a path, as far as looking can tell."""
    try:
        if path.is_dir():
            return Problem("This is a folder.", "Add a file name, such as my-booklet.pdf.", path)
        if path.parent.exists() and not path.parent.is_dir():
            return Problem("This is not a folder.", "Choose a folder.", path.parent)
        if not path.parent.is_dir():
            return Problem("There is no such folder.", "Make it first, or choose another.", path.parent)
        if path.exists() and not path.is_file():
            return Problem("This is not an ordinary file.", "Choose another name.", path)
    except (OSError, ValueError) as e:
        if isinstance(e, OSError) and e.errno == errno.EACCES:
            return Problem("This folder cannot be looked into.", "Choose a folder of your own.", path.parent)
        return Problem("This file name cannot be used.", "Choose a shorter and simpler one.")
    return None


def _why(error: OSError, path: Path) -> Problem:
    if isinstance(error, PermissionError):
        advice = "Choose a folder of your own, and close the file if it is open in another program."
        return Problem("The booklet cannot be written here.", advice, path)
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", None)):
        return Problem("There is no room left to write the booklet.", "Nothing was changed. Free some space.", path)
    said = error.strerror or "unknown error"
    return Problem(f"The booklet could not be written: {said}.", "Nothing was changed.", path)
