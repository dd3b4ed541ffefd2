"""A new member of the national team runs a whole year in the browser, without a command and without scripts.

Everybody goes the second half of the way in the other language, so that what is done twice is seen in both.
"""

import io
import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Request
from werkzeug.serving import make_server

from survey import create_app
from survey.catalogues.files import Places
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.round import close_round
from survey.reporting.jobs import run
from survey.storage.data_folder import open_data_folder
from survey.web.manage import draft_sources
from tests.catalogues_in_use import catalogues_in_use
from tests.collection.catalogue import write_welsh
from tests.collection.example import CLUSTER_LIST, DEFINITION, FRAMEWORK, NORTH, opened_round, save_all
from tests.collection.test_messages import Inbox, listed, mail_server_of
from tests.journeys.axe import serve_axe
from tests.journeys.browser import QUICK_PAGES
from tests.journeys.looking import Inspector
from tests.journeys.visitor import Visitor
from tests.web.manage.local_provider import CLIENT, SECRET, TENANT, LocalProvider

TODAY = datetime(2027, 10, 5, 9, 0, tzinfo=UTC)
NEXT = "small-2027"
PAGE = f"/manage/rounds/{NEXT}"
LATE = "bro-morgannwg"
CONTACTS = {"arfon": "sian", "conwy-west": "gwil", LATE: "non"}


class WithProvider(Visitor):
    """A person whose organisation signs her in, on its own pages."""

    issuer = ""

    def turn(self) -> None:
        """Go on in the other language."""
        self.language = {"cy": "en", "en": "cy"}[self.language]

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.issuer):
            super()._note_request(request)


class Office:
    """The service as it is set for the national team: with a provider, a mail server and public releases."""

    def __init__(self, folder: Path, browser: Browser, inspector: Inspector) -> None:
        self.browser = browser
        self.inspector = inspector
        self.contexts: list[BrowserContext] = []
        self.provider = LocalProvider()
        self.provider.at = TODAY.timestamp()
        self.inbox = Inbox()
        self.mail = mail_server_of(self.inbox)
        self.smtp = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": self.mail.port, "SMTP_SECURITY": "none"}
        self.smtp |= {"SMTP_SENDER": "survey@wales.example"}
        (folder / "secret").write_text(SECRET)
        self.kept = open_data_folder(folder / "data")
        snapshot = opened_round(self.kept)
        save_all(self.kept, snapshot, "arfon")
        submit(self.kept, snapshot, "arfon", language="cy", now=TODAY.replace(year=2026, day=1, hour=10))
        close_round(self.kept, snapshot.round.id, TODAY.replace(year=2026, month=12))
        self.app = create_app(
            {
                "TESTING": True,
                "DATA": folder / "data",
                "HTTPS": False,
                "NOW": lambda: TODAY,
                "SECRET_KEY": "s" * 40,
                "PLACES": Places(folder, folder / "translations"),
                "QUESTIONNAIRES": folder / "questionnaires",
                "PUBLIC_RELEASES": True,
                "START_JOB": lambda job: run(self.kept, job, TODAY),
                "OIDC_ISSUER": self.provider.issuer,
                "OIDC_CLIENT_ID": CLIENT,
                "OIDC_SECRET_FILE": folder / "secret",
                "OIDC_TENANT": TENANT,
                "OIDC_GROUPS": {"g-national": ("national", ""), "g-north": ("health_board", NORTH)},
                **self.smtp,
            }
        )
        serve_axe(self.app)
        self.server = make_server("127.0.0.1", 0, self.app, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def arrive(self, language: str) -> WithProvider:
        """Somebody on a narrow screen, without scripts."""
        context = self.browser.new_context(
            viewport={"width": 320, "height": 800}, locale=f"{language}-GB", accept_downloads=True
        )
        context.add_init_script(QUICK_PAGES)
        self.contexts.append(context)
        origin = f"http://127.0.0.1:{self.server.port}"
        person = WithProvider(context, origin, language, self.inspector, script=False)
        person.issuer = self.provider.issuer
        return person

    def signed_in(self, language: str, name: str, group: str) -> WithProvider:
        """Somebody whom her organisation knows, on the first page."""
        self.provider.person = {"sub": name, "preferred_username": f"{name}@nhs.example", "groups": [group]}
        person = self.arrive(language)
        person.open("/manage/sign-in")
        person.press("main a[href*='/provider']")
        assert person.path == "/manage/"
        return person

    def close(self) -> None:
        # Connections that a browser holds open would keep the servers.
        for context in self.contexts:
            context.close()
        self.server.shutdown()
        self.provider.server.block_on_close = False
        self.provider.close()
        self.mail.stop()


@pytest.fixture
def office(
    tmp_path: Path, browser: Browser, inspector: Inspector, words_of_today: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    files = {"small/2026": DEFINITION, "frameworks/small-framework": FRAMEWORK, "clusters/clusters-small": CLUSTER_LIST}
    for name, source in files.items():
        path = tmp_path / "questionnaires" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(source), encoding="utf-8")
    write_welsh(tmp_path / "translations")
    # Whether all Welsh is there is for the translation gate to say, not for the journeys.
    monkeypatch.setattr(draft_sources, "gate_of_readers", lambda *_: lambda _: [])
    with catalogues_in_use(tmp_path / "translations", words_of_today):
        made = Office(tmp_path, browser, inspector)
        for name, value in made.smtp.items():
            monkeypatch.setenv(f"SURVEY_{name}", str(value))
        yield made
        made.close()


def plan_and_open(person: Visitor) -> None:
    """Next year’s round from this year’s: assigned, looked at page by page, opened."""
    person.press("main a[href$='/new-round']")
    person.fill({"round_id": NEXT, "year": "2027-28", "closes": "2027-12-01 17:00"})
    person.page.locator("[name=edition]").select_option("small 2026")
    person.page.locator("[name=earlier]").select_option("small-2026")
    person.press("form#new button")
    person.press("main a[href$='/outcomes']")
    person.press("main a[href*='suggested']")
    person.press("form#outcomes button")
    for language in ("cy", "en"):
        person.open(f"/manage/drafts/{NEXT}")
        person.press(f"main a[href*='/{language}/preview/']")
        for address in person.page.locator("main a[href*='/section/']").evaluate_all(
            "links => links.map(a => a.pathname)"
        ):
            person.go(address)
    person.language = "cy"
    person.open(f"/manage/drafts/{NEXT}/open")
    person.press("form#open button")


def invite(person: Visitor, folder: Path) -> None:
    """Contacts from a list, and an invitation to each of them."""
    person.open("/manage/contacts")
    contacts = folder / "contacts.csv"
    rows = [(cluster, name, "Lead", f"{name}@nhs.example", "cy") for cluster, name in CONTACTS.items()]
    contacts.write_bytes(listed(*rows))
    person.page.locator("main input[type=file]").set_input_files(contacts)
    person.press("form#list button")
    person.press("form#confirm button")
    person.open(f"{PAGE}/post")
    person.press(f"main a[href$='{NEXT}/post/invitation']")
    person.press("form#queue button")


def answer(person: WithProvider, sent: bytes) -> None:
    """All that a cluster is asked, up to its receipt, by the link of an e-mail; most of it in the other language."""
    body = message_from_bytes(sent, policy=policy.default).get_body(("plain",))
    link = re.search(rf"https?://\S+/{person.language}/sign-in/\S+", body.get_content() if body else "")
    assert link
    person.go(urlsplit(link[0]).path)
    person.press("#sign-in button")
    assert person.path == "/reflection"
    person.turn()
    for address in person.page.locator("main a[href*='/section/']").evaluate_all("links => links.map(a => a.pathname)"):
        person.open(f"/{address.split('/', 2)[2]}")
        names = person.page.locator("main input[type=radio]").evaluate_all("boxes => boxes.map(box => box.name)")
        for name in dict.fromkeys(names):
            person.page.locator(f"[name='{name}']").first.check()
        person.save()
    person.open("/reflection/check")
    person.press("main form button")
    assert person.path == "/reflection/submitted"


def release(person: Visitor, number: int, changed: str = "") -> None:
    """The next release, published with a note to readers."""
    person.open(f"{PAGE}/releases")
    if changed:
        person.fill({"changed": changed})
    person.press("form#release button")
    person.press(f"main a[href$='/releases/{number}/publication']")
    person.fill({"notes_cy": "Nodyn i bawb.", "notes_en": "A note for everybody."})
    person.press("form#publication button")


def test_a_year_from_next_years_draft_to_what_is_published(office: Office, tmp_path: Path) -> None:
    gwen = office.signed_in("cy", "gwen", "g-national")
    plan_and_open(gwen)
    invite(gwen, tmp_path)
    invitations = dict(office.inbox.took)
    assert invitations.keys() == {f"{name}@nhs.example" for name in CONTACTS.values()}
    for name, language in (("sian", "en"), ("gwil", "cy")):
        answer(office.arrive(language), invitations[f"{name}@nhs.example"])
    gwen.open(f"{PAGE}/clusters?status=not_started")
    assert gwen.page.locator("tbody tr").count() == 1
    gwen.turn()
    gwen.open(f"{PAGE}/post/reminder")
    gwen.press("form#queue button")
    assert [address for address, _ in office.inbox.took][3:] == ["non@nhs.example"]

    gwen.open(f"{PAGE}/close")
    gwen.press("form#close button")
    gwen.open(f"{PAGE}/clusters/{LATE}/grace")
    gwen.fill({"until": "2027-12-11 17:00", "reason": "Llifogydd"})
    gwen.press("form#grace button")
    release(gwen, 1)
    answer(office.arrive("cy"), invitations["non@nhs.example"])
    gwen.turn()
    gwen.open(f"{PAGE}/clusters/{LATE}/grace")
    gwen.press("form#end button")
    release(gwen, 2, "Mae Bro Morgannwg wedi ateb.")
    gwen.open(f"{PAGE}/retention")
    gwen.press("form#keep button")
    gwen.turn()
    gwen.open("/manage/")
    assert gwen.page.locator("main [aria-current=step]").first.inner_text() == "Kept"

    anybody = office.arrive("en")
    anybody.open("/releases/")
    assert anybody.page.locator(f"main a[href$='/{NEXT}/2']").count() == 1
    anybody.turn()
    anybody.open(f"/releases/{NEXT}/2")
    with anybody.page.expect_download() as download:
        anybody.page.locator("main a[href$='/en.xlsx']").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    cover = [str(cell.value) for row in book.worksheets[0] for cell in row]
    assert "Mae Bro Morgannwg wedi ateb." in [str(cell.value) for sheet in book for row in sheet for cell in row], cover

    board = office.signed_in("en", "gwyn", "g-north")
    board.open(PAGE)
    assert board.page.get_by_text("Arfon", exact=True).count()
    assert board.page.get_by_text("Bro-Morgannwg", exact=True).count() == 0
    board.turn()
    board.open(f"{PAGE}/clusters/{LATE}", status=403)
    board.open(f"{PAGE}/releases", status=403)
