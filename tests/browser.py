"""A real browser, where there is one: Chromium without a window, driven by nothing but its command line.

`ask` runs a script in a copy of a page, at a width and with the wishes that a reader's computer may tell, and gives
back what it found. The page's own policy, which forbids scripts, is taken out of the copy.
"""

import json
import os
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = Path(os.environ.get("BOOKLET_AXE", "axe.min.js"))
"""Deque's axe-core; `.ci/run` fetches the version that it names."""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
SCHEME = {"light": 1, "dark": 0}
CONTRAST = {"no-preference": 2, "more": 0}


def why_not(*needs: str) -> str:
    """What is missing here, for the reason of a skipped test."""
    if not CHROMIUM:
        return "there is no Chromium on this computer"
    if "axe" in needs and not AXE.is_file():
        return "there is no axe-core: BOOKLET_AXE names no file (see .ci/run)"
    return ""


def with_axe(page: str) -> str:
    script = AXE.read_text("utf-8").replace("</script", r"<\/script")
    return page.replace("</body>", f"<script>{script}</script></body>")


def ask(
    page: str, script: str, folder: Path, width: int = 1280, scheme: str = "light", contrast: str = "no-preference"
) -> dict[str, object]:
    """What a function of the page gives back: `script` is the body of an async function that returns an object.

    The page is in a frame of its own, because a window has a least width of its own.
    """
    call = f"<script>(async () => {{ {script} }})().then(r => parent.done(r), e => parent.done({{error: String(e)}}))</script>"
    inner = POLICY.sub("", page).replace("</body>", f"{call}</body>")
    frame = f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{escape(inner)}"></iframe>'
    done = (
        "<script>function done(r) { document.body.innerHTML = ''; document.body.append(JSON.stringify(r)); }</script>"
    )
    path = folder / "page.html"
    path.write_text(f"<!DOCTYPE html><title>t</title>{done}<body>{frame}", "utf-8")
    settings = f"preferredColorScheme={SCHEME[scheme]},preferredContrast={CONTRAST[contrast]}"
    said = chromium(folder, f"--blink-settings={settings}", "--virtual-time-budget=200000", "--dump-dom", path.as_uri())
    found: dict[str, object] = json.loads(unescape(re.search(r"<body>(.*)</body>", said, re.DOTALL)[1]))  # type: ignore[index]
    assert "error" not in found, found
    return found


def chromium(folder: Path, *arguments: str) -> str:
    common = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1400,1000",
        f"--user-data-dir={folder / 'profile'}",
    ]
    done = subprocess.run([CHROMIUM, *common, *arguments], capture_output=True, text=True, check=True, timeout=300)
    return done.stdout
