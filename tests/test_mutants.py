"""What `make mutants` goes by is there: modules, tests, and the functions whose wrong code comes to the same."""

import ast
import tomllib
from pathlib import Path

import pytest

from survey.config import ROOT
from tests.mutation.__main__ import EQUIVALENT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
FUNCTIONS = sorted({entry["function"] for entry in tomllib.loads(EQUIVALENT.read_text("utf-8"))["equivalent"]})
SELECTION = SETTINGS["pytest_add_cli_args_test_selection"]


@pytest.mark.parametrize("pattern", [*SETTINGS["only_mutate"], *SETTINGS["do_not_mutate"]])
def test_modules_are_there(pattern: str) -> None:
    assert list(ROOT.glob(pattern))


@pytest.mark.parametrize("selected", SELECTION)
def test_tests_are_there(selected: str) -> None:
    path, _, name = selected.removeprefix("--deselect=").partition("::")
    assert (ROOT / path).is_file()
    assert not name or f"def {name.partition('[')[0]}(" in (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_functions_whose_wrong_code_comes_to_the_same_are_there(function: str) -> None:
    module, names = _module_of(function)
    scope: ast.Module | ast.ClassDef | ast.FunctionDef = ast.parse(module.read_text("utf-8"))
    for name in names:
        inside = [node for node in scope.body if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name]
        assert inside, f"no {name} in {module}"
        scope = inside[0]


def _module_of(function: str) -> tuple[Path, list[str]]:
    parts = function.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = ROOT.joinpath(*parts[:length]).with_suffix(".py")
        if module.is_file():
            return module, parts[length:]
    raise AssertionError(f"no module has {function}")
