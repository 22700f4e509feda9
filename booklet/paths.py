"""Where content, layouts and fonts are (beside the package in a checkout, inside it once installed), and where
what a person keeps between runs is.
"""

import os
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
ROOT = _CHECKOUT if (_CHECKOUT / "content").is_dir() and (_CHECKOUT / "layouts").is_dir() else _PACKAGE / "data"

CONTENT = ROOT / "content"
LAYOUTS = ROOT / "layouts"
FONTS = LAYOUTS / "fonts"
LAYOUT = LAYOUTS / "large-print.toml"
PREFERENCES = LAYOUTS / "preferences.toml"
TYPEFACES = LAYOUTS / "typefaces.toml"
PROFILES = LAYOUTS / "profiles"
GUIDE = ROOT / "docs" / "using.md"


def documents() -> Path:
    """Where a person looks for what they made: their documents, else their own folder, else where they are."""
    from platformdirs import user_documents_path

    try:
        places = (user_documents_path(), Path.home())
    except RuntimeError:  # somebody without a home
        return Path()
    return next(
        (place for place in places if place.is_absolute() and place.is_dir() and os.access(place, os.W_OK | os.X_OK)),
        Path(),
    )


_NOWHERE = Path(os.devnull)
"""Stands for the home of somebody who has none: nothing is there and nothing can be kept there, so nothing is kept."""


class Folders(NamedTuple):
    """The folders of one person on one computer; none of them need exist."""

    settings: Path
    """The clinic's file and the look of the screen."""
    kept: Path
    """The last choices, for a day."""
    packs: Path
    """Packs of one's own, a TOML file each."""
    work: Path
    """Booklets that nobody has saved yet; empty when the program is not running."""


def folders() -> Folders:
    """Where this system keeps such things, or all of them in the folder that BOOKLET_HOME names."""
    if home := os.environ.get("BOOKLET_HOME"):
        return Folders(*(Path(home) / name for name in Folders._fields))
    from platformdirs import PlatformDirs

    ours = PlatformDirs("large-print-booklets", appauthor=False)
    memory = Path(os.environ.get("XDG_RUNTIME_DIR") or "nowhere")  # its files are gone when the person logs out
    try:
        work = memory / "large-print-booklets" if _is_private(memory) else ours.user_cache_path / "work"
        found = Folders(ours.user_config_path, ours.user_state_path / "kept", ours.user_data_path / "packs", work)
    except RuntimeError:
        return Folders(*(_NOWHERE / name for name in Folders._fields))
    return Folders(*(path if path.is_absolute() else _NOWHERE / path.name for path in found))


def _is_private(folder: Path) -> bool:
    """Whether the folder is this person's alone; where a system knows no owners, none is."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return hasattr(os, "getuid") and found.st_uid == os.getuid() and found.st_mode & 0o170077 == 0o040000
