"""Where content, layouts and fonts are: beside the package in a checkout, inside it once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
ROOT = _CHECKOUT if (_CHECKOUT / "content").is_dir() and (_CHECKOUT / "layouts").is_dir() else _PACKAGE / "data"

CONTENT = ROOT / "content"
LAYOUTS = ROOT / "layouts"
FONTS = LAYOUTS / "fonts"
