"""Demonstration data: generated, the same every time, and plainly not real.

What is made up by hand lies beside the code: `story.json` the years, `phrases.json` what people write, in both
languages, `staff.json` what members of staff are like.
"""

import json
from pathlib import Path
from typing import Any


def made_up(name: str) -> Any:
    """The content of one of the files."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
