"""`make bench`: every measurement beside a baseline of the same run, as in docs/performance.md.

Each module has a process of its own, so that the memory of one is not counted as another's.
"""

import importlib
import multiprocessing
import pkgutil
import sys

from tests import bench
from tests.bench.rows import show


def main() -> int:
    failed = 0
    for name in sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name[0] != "_"):
        process = multiprocessing.get_context("spawn").Process(target=_measure, args=(name,))
        process.start()
        process.join()
        failed += process.exitcode != 0
    return 1 if failed else 0


def _measure(name: str) -> None:
    module = importlib.import_module(f"tests.bench.{name}")
    if hasattr(module, "run"):
        print(f"\n{name.replace('_', ' ')}\n", flush=True)
        show(module.run())


if __name__ == "__main__":
    sys.exit(main())
