"""The browser of the journeys, and its clock."""

import os
import shutil

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
FASTER = 4
QUICK_PAGES = f"""
for (const name of ['setTimeout', 'setInterval']) {{
  const atItsPace = window[name]
  window[name] = (then, after, ...rest) => atItsPace(then, after / {FASTER}, ...rest)
}}
"""
"""The pause before a save, those between tries and looks at what colleagues do pass faster; all of them alike."""


def chromium() -> str:
    """The path of Chromium: the one named by CHROMIUM, else one on the PATH. Raises LookupError when there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise LookupError("The journeys need Chromium: install it, or name it with CHROMIUM=/path/to/chromium")
    return found
