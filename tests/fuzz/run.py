"""The hostile inputs of tests/test_hostile.py for as long as you like: `python -m tests.fuzz.run --examples 5000`.

Each test runs in its own pytest with a larger budget of examples and a new seed; what was run is printed as JSON.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TESTS = [
    "any_markdown",
    "any_toml",
    "any_clinic",
    "any_list",
    "any_code",
    "any_damage",
    "any_content",
    "any_picture",
    "a_name_is",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=2000, help="inputs for each test")
    given = parser.parse_args()
    told: dict[str, object] = {}
    for name in TESTS:
        begin = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-k", name, "--hypothesis-show-statistics", "tests/test_hostile.py"],
            cwd=ROOT,
            env={**os.environ, "BOOKLET_FUZZ": str(given.examples)},
            capture_output=True,
            text=True,
            check=False,
        )
        inputs = sum(int(found) for found in re.findall(r"(\d+) passing", done.stdout))
        failed = re.findall(r"^FAILED .*", done.stdout, re.MULTILINE)
        told[name] = {"inputs": inputs, "failed": failed, "seconds": round(time.monotonic() - begin)}
        print(json.dumps({name: told[name]}), file=sys.stderr, flush=True)
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
