"""The operator’s own program, which is run after a backup to copy it to another place."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from survey.config import PREFIX


def run_hook(program: Sequence[str], folder: Path) -> str:
    """Run it on the folder of backups.

    Returns what went wrong: its path with its exit code, or with what the system says; empty if nothing did.
    It says on standard output and error what it likes. It is told none of the settings of the service.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(f"{PREFIX}_")}
    try:
        done = subprocess.run((*program, folder), env=environment, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 — the operator’s own
    except OSError as error:
        return f"{program[0]}: {error.strerror}"
    return f"{program[0]}: {done.returncode}" if done.returncode else ""
