"""The table of the ASVS in docs/security.md: no line is left out, and each names a test or says why there is none."""

import re

import pytest

from survey.config import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| ((?:\d+\.\d+\.\d+ ?)+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
TEST = re.compile(r"`(tests/[\w/]+\.py)` `(test_\w+)`")
STANDS = re.compile(r"held|partly|not held|not applicable|for the operator")

LEVELS_1_AND_2 = """
1.1: 1 2
1.2: 1 2 3 4 5 6 7 8 9
1.3: 1 2 3 4 5 6 7 8 9 10 11
1.4: 1 2 3
1.5: 1 2
2.1: 1 2 3
2.2: 1 2 3
2.3: 1 2 3 4
2.4: 1
3.2: 1 2
3.3: 1 2 3 4
3.4: 1 2 3 4 5 6
3.5: 1 2 3 4 5
3.7: 1 2
4.1: 1 2 3
4.2: 1
4.3: 1 2
4.4: 1 2 3 4
5.1: 1
5.2: 1 2 3
5.3: 1 2
5.4: 1 2 3
6.1: 1 2 3
6.2: 1 2 3 4 5 6 7 8 9 10 11 12
6.3: 1 2 3 4
6.4: 1 2 3 4
6.5: 1 2 3 4 5
6.6: 1 2 3
6.8: 1 2 3 4
7.1: 1 2 3
7.2: 1 2 3 4
7.3: 1 2
7.4: 1 2 3 4 5
7.5: 1 2
7.6: 1 2
8.1: 1 2
8.2: 1 2 3
8.3: 1
8.4: 1
9.1: 1 2 3
9.2: 1 2 3 4
10.1: 1 2
10.2: 1 2
10.3: 1 2 3 4
10.4: 1 2 3 4 5 6 7 8 9 10 11
10.5: 1 2 3 4 5
10.6: 1 2
10.7: 1 2 3
11.1: 1 2
11.2: 1 2 3
11.3: 1 2 3
11.4: 1 2 3 4
11.5: 1
11.6: 1
12.1: 1 2 3
12.2: 1 2
12.3: 1 2 3 4
13.1: 1
13.2: 1 2 3 4 5
13.3: 1 2
13.4: 1 2 3 4 5
14.1: 1 2
14.2: 1 2 3 4
14.3: 1 2 3
15.1: 1 2 3
15.2: 1 2 3
15.3: 1 2 3 4 5 6 7
16.1: 1
16.2: 1 2 3 4 5
16.3: 1 2 3 4
16.4: 1 2 3
16.5: 1 2 3
17.1: 1
17.2: 1 2 3 4
17.3: 1 2
"""
"""Which requirements have level 1 or 2 in ASVS 5.0.0: the section, and in it the numbers."""


def numbers() -> list[str]:
    lines = (line.split(": ") for line in LEVELS_1_AND_2.split("\n") if line)
    return [f"{section}.{number}" for section, found in lines for number in found.split()]


def test_every_requirement_of_both_levels_is_there_once() -> None:
    assert len(numbers()) == 253
    assert [number for row in ROWS for number in row[0].split()] == sorted(numbers(), key=_in_order)


@pytest.mark.parametrize("chapter", [f"{number}." for number in range(1, 18)])
def test_each_says_how_it_stands_and_names_a_test_that_exists(chapter: str) -> None:
    rows = [row for row in ROWS if row[0].startswith(chapter)]
    assert rows
    for numbers, _, here, tests in rows:
        assert STANDS.match(here), numbers
        # Without a test it is not said to be held by ours.
        assert TEST.search(tests) or (tests == "–" and not here.startswith("held")), numbers
    for path, name in {found for row in rows for found in TEST.findall(row[3])}:
        assert re.search(rf"^ *def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), f"{path} has no {name}"


def _in_order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]
