"""Where content, layouts and fonts are: beside the package in a checkout, inside it once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
ROOT = _CHECKOUT if (_CHECKOUT / "content").is_dir() and (_CHECKOUT / "layouts").is_dir() else _PACKAGE / "data"

CONTENT = ROOT / "content"
LAYOUTS = ROOT / "layouts"
FONTS = LAYOUTS / "fonts"


def documents() -> Path:
    """Where a person looks for what they made: their documents folder, else the folder they are in."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.cwd()
