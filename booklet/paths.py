"""Where content, layouts and fonts are: beside the package in a checkout, inside it once installed."""

import os
from pathlib import Path

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


def documents() -> Path:
    """Where a person looks for what they made: their documents, else their own folder, else where they are."""
    from platformdirs import user_documents_path

    places = (user_documents_path(), Path.home(), Path())
    return next((place for place in places if place.is_dir() and os.access(place, os.W_OK | os.X_OK)), Path())
