"""`make install`, `make activate` and `make roll-back`, in the folder of an unpacked release."""

import argparse
import shlex
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from survey.config import ROOT
from survey.deployment.installation import NotInstalled, Server, UnpackedRelease, run

PATIENCE = 60.0  # seconds
PROGRAM = "docs/deployment/myfyrio"


def main() -> None:
    """Exit code 1, and what is wrong, where it could not be done."""
    parser = argparse.ArgumentParser(prog="survey.deployment", description=__doc__)
    parser.add_argument("step", choices=("install", "activate", "roll-back"))
    parser.add_argument("--site", type=Path, default=ROOT.parent.parent, help="the folder that holds releases/")
    parser.add_argument(
        "--restart", default="systemctl restart myfyrio", help="what makes the service run the current one"
    )
    parser.add_argument("--probe", default="http://127.0.0.1:8000/readyz", help="what answers 200 when it does")
    given = parser.parse_args()
    server = Server(given.site, partial(run, *shlex.split(given.restart)), partial(answers, given.probe), check)
    try:
        sys.stdout.write(f"{STEPS[given.step](server)}\n")
    except NotInstalled as error:
        sys.exit(str(error))


def install(server: Server) -> str:
    server.install(UnpackedRelease(ROOT))
    return f"{ROOT.name} is installed. It does not run yet: make activate"


def activate(server: Server) -> str:
    UnpackedRelease(ROOT).refuse_unready()
    run(sys.executable, "-m", "survey.deployment.trial")
    server.activate(UnpackedRelease(ROOT), back_up)
    return f"{ROOT.name} runs. To go back: make roll-back"


def check(release: UnpackedRelease) -> None:
    """Ask a release whether it can run here. Raises NotInstalled."""
    run(release.folder / PROGRAM, "data", "check")


def back_up(running: UnpackedRelease) -> None:
    """Copy everything, in a folder or in a database, by the release that runs. Raises NotInstalled."""
    run(running.folder / PROGRAM, "data", "backup")


def roll_back(server: Server) -> str:
    return f"{server.roll_back().name} runs again."


def answers(address: str, patience: float = PATIENCE) -> bool:
    """Whether an address answers 200 before patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with suppress(URLError, OSError), urlopen(address, timeout=5) as answer:  # noqa: S310 — the operator’s own
            if answer.status == 200:
                return True
        time.sleep(0.2)
    return False


STEPS: dict[str, Callable[[Server], str]] = {"install": install, "activate": activate, "roll-back": roll_back}

if __name__ == "__main__":
    main()
