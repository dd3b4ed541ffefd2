"""`make mutants`: wrong code planted in the modules that must not be wrong, and how much of it the tests notice.

The modules, and the tests that concern them, are in `pyproject.toml` (`tool.mutmut`). Each of its patterns is a group,
and of each group nine in ten must be noticed. What cannot be noticed, because it comes to the same, is listed with the
reason in `equivalent.toml` and not counted. `python -m tests.mutation NAME` keeps to the modules or packages of a name.
"""

import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from fnmatch import fnmatch
from pathlib import Path

from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant

REQUIRED = 0.9
MUTMUT = Path(sys.executable).with_name("mutmut")
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
NOTICED = {"killed", "timeout", "segfault", "suspicious"}
"""Tests fail, never end, or break off: of what breaks off otherwise than by a wrong address, mutmut is suspicious."""
Change = tuple[str, str]
"""A function, by its full name, and the lines that stand in it after the change."""


def main(only: str = "") -> int:
    """Run the tester and print its figures; 1 when a group has too few noticed or a listed equivalent is wrong."""
    shutil.rmtree("mutants", ignore_errors=True)
    pattern = f"survey*.{only}.*" if only else "survey.*"
    subprocess.run([MUTMUT, "run", "--max-children", "1", pattern], check=True, stdout=sys.stderr)
    statuses = {name: status for name, status in _statuses().items() if fnmatch(name, pattern)}
    left = {name: _change(name) for name, status in statuses.items() if status not in NOTICED}
    excused = _equivalent(only)
    for name, change in left.items():
        if change not in excused:
            print(f"\n{name} ({statuses[name]})\n{_diff(name)}")
    untrue = excused - set(left.values())
    for function, becomes in sorted(untrue):
        print(f"\nListed as equivalent, but noticed or gone: {function}\n{becomes}")
    few = _table(statuses, {name for name, change in left.items() if change in excused})
    return 1 if few or untrue else 0


def _statuses() -> dict[str, str]:
    printed = subprocess.run([MUTMUT, "results", "--all", "true"], check=True, capture_output=True, text=True).stdout
    return dict(line.strip().split(": ") for line in printed.splitlines() if "__mutmut_" in line)


def _table(statuses: dict[str, str], equivalent: set[str]) -> list[str]:
    """Print a row a module and one a group; return the groups in which too few are noticed."""
    modules: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for name, status in statuses.items():
        kind = "equivalent" if name in equivalent else "killed" if status in NOTICED else "survived"
        module = _module(name)
        modules[module][kind] += 1
        groups[_group(module)][kind] += 1
    print(f"\n{'module':<45} {'mutants':>8} {'killed':>8} {'survived':>9} {'equivalent':>11} {'%':>6}")
    for title, counted in (*sorted(modules.items()), *((f"* {name}", group) for name, group in groups.items())):
        print(
            f"{title:<45} {counted.total():>8} {counted['killed']:>8} {counted['survived']:>9}"
            f" {counted['equivalent']:>11} {100 * _noticed(counted):>6.1f}"
        )
    return [name for name, group in groups.items() if _noticed(group) < REQUIRED]


def _noticed(counted: Counter[str]) -> float:
    """The share of those that can be noticed."""
    noticeable = counted["killed"] + counted["survived"]
    return counted["killed"] / noticeable if noticeable else 1.0


def _module(mutant: str) -> str:
    return mutant.rpartition(".")[0]


def _group(module: str) -> str:
    patterns = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]["only_mutate"]
    path = module.replace(".", "/") + ".py"
    return next(pattern for pattern in patterns if fnmatch(path, pattern))


def _diff(mutant: str) -> str:
    return str(get_diff_for_mutant(mutant, path=find_mutant(mutant).path))


def _change(mutant: str) -> Change:
    module, _, name = mutant.rpartition(".")
    function = name.rpartition("__mutmut_")[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    added = [line[1:].strip() for line in _diff(mutant).splitlines() if line[0] == "+" and not line.startswith("+++")]
    return f"{module}.{function}", "\n".join(added)


def _equivalent(only: str) -> set[Change]:
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["equivalent"]
    return {
        (entry["function"], becomes)
        for entry in listed
        for becomes in entry["becomes"]
        if not only or f".{only}." in entry["function"]
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
