"""A folder for booklets that nobody has saved yet: private, and emptied whatever happens to the program.

Each process locks a file beside its own folder for as long as it lives. A lock that can be had belongs to a process
that was killed, and the next start removes what it left.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from booklet.paths import folders

_NAME = re.compile(r"[0-9a-f]{16}")


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder of this process alone, that nobody else can look into; removed at the end with all that is in it.

    Where the usual place cannot be written, one among the temporary files of the system.
    """
    base = folders().work
    made = _made(base)
    if made is None:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="booklet-", ignore_cleanup_errors=True) as temporary:
            yield Path(temporary)
        return
    folder, lock = made
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
        _unlock(folder)


def empty(folder: Path) -> bool:
    """Removes what is in a work folder; whether all of it is gone, for Windows keeps a file that is open."""
    for path in folder.iterdir():
        with suppress(OSError):
            path.unlink()
    return not any(folder.iterdir())


def sweep(base: Path) -> None:
    """Removes what processes that are no more left behind; whatever else is in the folder stays."""
    with suppress(OSError):
        for folder in {path.with_suffix("") for path in base.iterdir() if _NAME.fullmatch(path.stem)}:
            lock = locked(folder.with_suffix(".lock"), os.O_CREAT)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
                _unlock(folder)


def private(folder: Path) -> None:
    """Makes a folder, or closes one of ours, so that only its owner can look into it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _made(base: Path) -> tuple[Path, int] | None:
    """A new folder and the lock that keeps it; None where there can be none."""
    try:
        private(base)
        sweep(base)
        for _ in range(5):
            folder = base / os.urandom(8).hex()
            lock = locked(folder.with_suffix(".lock"), os.O_CREAT)
            if lock is not None:
                folder.mkdir(mode=0o700)
                return folder, lock
    except OSError:
        pass
    return None


def _unlock(folder: Path) -> None:
    """Removes the lock of a folder that is gone; one that could not be removed is for the next start."""
    if not folder.exists():
        with suppress(OSError):
            folder.with_suffix(".lock").unlink()


def locked(path: Path, flags: int = 0) -> int | None:
    """A handle that holds the lock until it is closed; None while another process lives that has it. Raises OSError."""
    handle = os.open(path, os.O_RDWR | flags, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), path.stat()):  # not swept between its opening and its locking
            return handle
    except OSError:
        pass
    os.close(handle)
    return None
