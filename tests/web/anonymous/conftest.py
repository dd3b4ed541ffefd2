"""A site with an open anonymous round, and the link of one of its clusters."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from survey import create_app
from survey.collection.people.access import store_link
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.anonymous_drafts import drafts_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.anonymous.draft_cookie import NAME, signed
from tests.catalogues_in_use import use_catalogues
from tests.collection.anonymous_example import CLUSTER, DEFINITION, NOW, ROUND, opened_round
from tests.collection.catalogue import write_pseudo_of
from tests.web.checking_client import CheckingClient, Page

TOKEN = "k7qt-9wxm-3fbd"
OTHER_TOKEN = "22kt-9wxm-3fbd"
CONTINUE = ("then", "continue")


class Site:
    """The site at a moment, `now`."""

    def __init__(self, data: Path, **changes: object) -> None:
        self.now = NOW
        self.kept = FileRepository(data)
        self.snapshot: RoundSnapshot = opened_round(self.kept, **changes)
        store_link(self.kept, ROUND, CLUSTER, TOKEN)
        store_link(self.kept, ROUND, "conwy-west", OTHER_TOKEN)
        self.app: Flask = create_app({"TESTING": True, "DATA": data, "DEMO": True, "PSEUDO": True, "NOW": self._clock})

    def _clock(self) -> datetime:
        return self.now

    def client(self) -> CheckingClient:
        """A browser that has been nowhere."""
        return CheckingClient(self.app)

    def begun(self, language: str = "en", token: str = TOKEN) -> tuple[CheckingClient, Page]:
        """A browser in which somebody has begun, and the first page of questions."""
        client = self.client()
        return client, client.submit(client.get(f"/{language}/survey/{token}/"))

    def answered(self, language: str = "en") -> tuple[CheckingClient, Page]:
        """A browser in which somebody has answered, and the page to check the answers on."""
        client, page = self.begun(language)
        page = client.submit(page, {"q-job": "nurse"}, button=CONTINUE)
        page = client.submit(page, {"q-skills-sew.importance": "much"}, button=CONTINUE)
        return client, client.submit(page, {"q-comment": "Diolch ŵ"}, button=CONTINUE)

    def hold(self, client: CheckingClient, draft_id: str, saved: datetime | None = None) -> None:
        """Let a browser hold a draft that was last saved then, or is just being saved."""
        with self.app.app_context():
            value = signed(draft_id, saved or self.now)
        for code in ("cy", "en", "en-XA"):
            client.browser.set_cookie(NAME, value, path=f"/{code}/survey/{TOKEN}")

    @property
    def drafts(self) -> list[str]:
        return self.kept.keys(drafts_of(ROUND))

    @property
    def responses(self) -> list[str]:
        return self.kept.keys(responses_of(ROUND))

    def draft(self) -> dict[str, dict[str, object]]:
        """The answers of the only draft, by page."""
        [key] = self.drafts
        record = self.kept.read(drafts_of(ROUND), key)
        assert record is not None
        return {page: found["answers"] for page, found in record["pages"].items()}


@pytest.fixture
def make_site(data: Path, catalogues: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    write_pseudo_of(tmp_path / "translations", DEFINITION)
    use_catalogues(catalogues, tmp_path / "translations")
    yield lambda **changes: Site(data, **changes)
    use_catalogues(catalogues)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()
