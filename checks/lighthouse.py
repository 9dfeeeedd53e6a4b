"""Let Lighthouse mark every page of the built site, as on a slow phone.

`python checks/lighthouse.py _build/html` prints a table; fails where a mark is below what is asked.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from kagami.browser import find, flags
from kagami.site.server import serve
from playwright.sync_api import sync_playwright

LIGHTHOUSE = Path(__file__).parents[1] / "node_modules" / ".bin" / "lighthouse"
ASKED = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
SHOWN = {"LCP": "largest-contentful-paint", "shift": "cumulative-layout-shift"}
"""What is shown besides: when the largest part of the first view is there, and how far it moves."""
NOT_PAGES = {"404.html"}  # keeps itself out of search engines, which Lighthouse marks down


def measure(url: str, browser: str) -> tuple[dict[str, int], dict[str, str]]:
    """A page's mark in each category, of 100, and what is shown besides.

    What took marks off goes to stderr.
    """
    command = [
        str(LIGHTHOUSE),
        url,
        "--quiet",
        "--output=json",
        f"--chrome-flags={' '.join(flags())}",
    ]
    command += [f"--only-categories={','.join(ASKED)}"]
    environment = os.environ | {"CHROME_PATH": browser}
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    report = json.loads(run.stdout)
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(url, audit["title"], audit.get("displayValue", ""), file=sys.stderr)
    marks = {name: round(100 * report["categories"][name]["score"]) for name in ASKED}
    shown = {name: report["audits"][audit]["displayValue"] for name, audit in SHOWN.items()}
    return marks, shown


def main(site: Path) -> None:
    """Measure every page, one after the other."""
    low = False
    with sync_playwright() as playwright:
        browser = find(playwright)
    with serve(site) as address:
        print(f"{'':32}", *ASKED, *(f"{name:>6}" for name in SHOWN))
        for page in sorted(path.name for path in site.glob("*.html") if path.name not in NOT_PAGES):
            marks, shown = measure(address + page, browser)
            columns = [f"{marks[name]:{len(name)}}" for name in ASKED]
            print(f"{page:32}", *columns, *(f"{value:>6}" for value in shown.values()), flush=True)
            low |= any(marks[name] < asked for name, asked in ASKED.items())
    sys.exit(low)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
