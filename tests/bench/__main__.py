"""`make bench`: every measurement beside a baseline of the same run, as in docs/performance.md.

Each module has a process of its own, so that the memory of one is not counted as another's; one alone is
`python -m tests.bench NAME`.
"""

import importlib
import pkgutil
import subprocess
import sys

from tests import bench
from tests.bench.rows import show


def main(names: list[str]) -> int:
    if names:
        for name in names:
            _measure(name)
        return 0
    found = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name[0] != "_")
    codes = [subprocess.run([sys.executable, "-m", "tests.bench", name], check=False).returncode for name in found]
    return 1 if any(codes) else 0


def _measure(name: str) -> None:
    module = importlib.import_module(f"tests.bench.{name}")
    if hasattr(module, "run"):
        print(f"\n{name.replace('_', ' ')}\n", flush=True)
        show(module.run())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
