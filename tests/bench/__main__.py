"""`make bench`: every measurement beside a baseline of the same run. Prints Markdown, as in docs/performance.md."""

import importlib
import pkgutil

from tests import bench
from tests.bench.rows import show


def main() -> None:
    for module in sorted(pkgutil.iter_modules(bench.__path__), key=lambda found: found.name):
        measurement = importlib.import_module(f"tests.bench.{module.name}") if module.name[0] != "_" else None
        if measurement is not None and hasattr(measurement, "run"):
            print(f"\n{module.name.replace('_', ' ')}\n", flush=True)
            show(measurement.run())


if __name__ == "__main__":
    main()
