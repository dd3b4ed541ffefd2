"""Demonstration data: generated, the same every time, and plainly not real.

What is made up by hand lies beside the code: `story.json` the years of clusters and the waves of people, `phrases.json`
what they write, in both languages, `staff.json` what members of staff are like, `themes.json` what texts are put under.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def made_up(name: str) -> Any:
    """The content of one of the files."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
