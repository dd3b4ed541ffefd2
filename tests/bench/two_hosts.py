"""Two hosts with one PostgreSQL while everybody writes: one of them is killed, and nothing acknowledged may be lost.

Half of the people are answered by each, with sessions that began at the first; whose host is gone goes on at the other.
A text that was acknowledged has to be kept, or a later one of the same person.
"""

import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from survey.collection.responses.response import read_response
from survey.storage.opening import open_storage
from survey.storage.repository import Repository
from tests import postgresql
from tests.bench.crowd import Answers, send_all
from tests.bench.deadline_day import REFLECTION, Day, Person, come, open_rounds, ready_drafts
from tests.bench.rows import Row, show
from tests.bench.served import served

MINUTES = 0.5
KILLED_AFTER = 12.0


def run() -> Iterator[Row]:
    """People of whom something acknowledged is not kept, and what failed at the host that goes on."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(postgresql, "IN_MEMORY", Path(tempfile.gettempdir())))
        url = stack.enter_context(postgresql.running()).url()
        folders = [stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(2)]
        settings = [{"SURVEY_DATA": f"{folder}/data", "SURVEY_DATABASE": url} for folder in folders]
        repository = open_storage(Path(folders[0]) / "data", url)
        drafts = ready_drafts(repository, 1)
        codes = open_rounds(repository)
        killed, other = (stack.enter_context(served(one)) for one in settings)
        people = come(killed.port, settings[0], codes, drafts).people
        of_killed, of_other = Answers(), Answers()
        parts = [
            threading.Thread(target=_write, args=(killed.port, people[::2], of_killed)),
            threading.Thread(target=_write, args=(other.port, people[1::2], of_other)),
        ]
        for part in parts:
            part.start()
        parts[0].join(KILLED_AFTER)
        killed.kill()
        for part in parts:
            part.join()
        unanswered = of_killed.failed
        _write(other.port, people[::2], of_other)
        lost = sum(_kept(repository, person) < person.acknowledged for person in people)
        print(f"killed: {dict(of_killed.statuses)}; the other: {dict(of_other.statuses)}")
    # Kept by the host that was killed before it could say so: the person is asked which of her texts to keep.
    asked_which = of_other.statuses["409"]
    assert unanswered, "nobody was there when the host was killed"
    yield Row("people who lost what was acknowledged", lost, len(people), "of", 0)
    yield Row("errors at the host that goes on", of_other.failed - asked_which, of_other.asked, "of", 0)


def _write(port: int, people: list[Person], answers: Answers) -> None:
    got = send_all(port, Day(people, iter(()), b"").of_clusters(MINUTES))
    answers.statuses.update(got.statuses)


def _kept(repository: Repository, person: Person) -> int:
    """The number of the text that the service has of somebody; 0 if it has none."""
    cluster = person.fields["whose"].split("/")[-1]
    page = read_response(repository, REFLECTION, cluster).pages.get(person.page.partition("/section/")[2])
    found = re.match(r"What we did, (\d+)", str(page.answers.get("went_well", "")) if page and page.answers else "")
    return int(found[1]) if found else 0


if __name__ == "__main__":
    show(run())
