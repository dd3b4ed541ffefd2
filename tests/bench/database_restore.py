"""A backup of 30,000 responses put back into a database, on the disk, beside the same put back into a folder.

Processor time is that of the command, without PostgreSQL; the seconds are what an operator waits for.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from unittest.mock import patch

from survey.storage.archive import Restorable
from survey.storage.backup import restore_from
from survey.storage.backup_folder.reader import backup_of, opened_backup
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.seal import Opener
from survey.storage.backup_folder.writer import back_up
from survey.storage.database_backup import restore_into_database
from survey.storage.postgresql.opening import connections_to
from tests import postgresql
from tests.bench.backups import NIGHT, PLACE, RESPONSES, filled, processor
from tests.bench.rows import Row, show

LIMIT = 120.0
BESIDE_FOLDER = 3.0


def run() -> Iterator[Row]:
    """What is waited for beside the limit, and the processor time beside that of a restore into a folder."""
    with (
        patch.object(postgresql, "IN_MEMORY", Path(tempfile.gettempdir())),
        postgresql.running() as server,
        tempfile.TemporaryDirectory() as named,
    ):
        folder, url = Path(named), server.url()
        root = filled(folder / "data", files=0).root
        back_up(root, folder / "backups", recipients=(), keep=Keep(9), now=NIGHT, whose="the bench")

        def opened() -> AbstractContextManager[Restorable]:
            return opened_backup(folder / "backups", backup_of(folder / "backups"), Opener(None))

        with closing(connections_to(url)) as connections:
            began = time.perf_counter()
            took, _ = processor(lambda: len(restore_into_database(opened(), url, folder / "host")))
            waited = time.perf_counter() - began
            with connections.statements() as cursor:
                found = cursor.execute("SELECT count(*) FROM records WHERE place = %s", ["/".join(PLACE)]).fetchone()
        assert found == (RESPONSES,)
        beside, _ = processor(lambda: len(str(restore_from(opened(), folder / "back"))))
    yield Row(f"{RESPONSES:,} responses into a database, waiting, limit", waited, LIMIT, "s", 1)
    yield Row("the same, processor time, beside a folder", took, beside, "s", BESIDE_FOLDER)


if __name__ == "__main__":
    show(run())
