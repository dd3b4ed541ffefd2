"""Links of an anonymous round from the command line: listed, printed, revoked; and how its counts are shown."""

import json

import openpyxl
import pytest

from survey.collection.people.access import follow, links_of
from survey.languages import REPOSITORY_CATALOGUES
from survey.reporting.files.mailing import qr_code
from tests.catalogues_in_use import use_catalogues
from tests.collection.anonymous_example import DEFINITION, ROUND, submitted
from tests.collection.catalogue import write_welsh_of

SITE = "https://survey.example"


@pytest.fixture
def crew(desk):
    """A desk with an anonymous round that was created and opened by commands."""
    path = desk.definition("crew/2026")
    path.parent.mkdir()
    path.write_text(json.dumps(DEFINITION))
    write_welsh_of(desk.places.translations, DEFINITION)
    use_catalogues(desk.places.translations, REPOSITORY_CATALOGUES)
    desk.done("rounds", "create", ROUND, "--questionnaire", "crew", "--edition", "2026", "--year", "2026-27")
    desk.done("rounds", "open", ROUND, "--yes")
    return desk


def test_the_list_has_every_cluster_in_both_languages(crew):
    path = crew.root / "links.xlsx"
    crew.done("links", "list", ROUND, "--output", path, "--site", SITE)
    tokens = links_of(crew.kept, ROUND)
    (sheet,) = openpyxl.load_workbook(path).worksheets
    _, *rows = sheet.values
    assert [row[0] for row in rows] == sorted(tokens) == ["arfon", "bro-morgannwg", "conwy-west"]
    for row in rows:
        assert row[5:] == tuple(f"{SITE}/{language}/survey/{tokens[row[0]]}/" for language in ("cy", "en"))
    first = path.read_bytes()
    crew.done("links", "list", ROUND, "--output", path, "--site", SITE)
    assert path.read_bytes() == first, "links stay as they are"


def test_posters_are_whole_pages_with_codes_to_scan(crew):
    folder = crew.root / "posters"
    crew.done("links", "posters", ROUND, "--output", folder, "--site", SITE)
    assert len(list(folder.iterdir())) == 3
    page = (folder / f"poster-{ROUND}-arfon.html").read_text("utf-8")
    token = links_of(crew.kept, ROUND)["arfon"]
    for language in ("cy", "en"):
        address = f"{SITE}/{language}/survey/{token}/"
        assert address in page
        assert qr_code(address) in page
        assert f'<section lang="{language}">' in page
    assert "Cymraeg: Crew survey" in page
    assert "src=" not in page


def test_a_closed_round_has_no_posters(crew):
    folder = crew.root / "posters"
    crew.done("rounds", "close", ROUND, "--yes")
    said = crew.refused("links", "posters", ROUND, "--output", folder, "--site", SITE)
    assert said.startswith("This round is over, so there is no poster to print")
    assert not folder.exists()


def test_a_revoked_link_is_replaced_in_the_next_list(crew):
    crew.done("links", "list", ROUND, "--output", crew.root / "one.xlsx")
    before = links_of(crew.kept, ROUND)
    assert crew.done("links", "revoke", ROUND, "--cluster", "arfon") == "Revoked: arfon\n"
    assert crew.done("links", "revoke", ROUND, "--cluster", "arfon") == "There was no link: arfon\n"
    crew.done("links", "list", ROUND, "--output", crew.root / "two.xlsx")
    after = links_of(crew.kept, ROUND)
    assert {code for code in after if after[code] != before[code]} == {"arfon"}
    assert follow(crew.kept, after["arfon"], demonstration=False).cluster == "arfon"
    assert ("command line", "link_revoked") in crew.log


def test_what_cannot_be_is_refused(crew):
    assert "There is no cluster" in crew.refused("links", "revoke", ROUND, "--cluster", "nowhere")
    assert "There is no round" in crew.refused("links", "list", "nothing", "--output", crew.root / "x.xlsx")
    nowhere = crew.root / "no" / "x.xlsx"
    result = crew.run("links", "list", ROUND, "--output", nowhere)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    codes = crew.refused("rounds", "invite", ROUND, "--all", "--output", crew.root / "x.xlsx")
    assert "without access codes" in codes


def test_a_round_of_clusters_has_no_links(desk):
    desk.opened()
    assert "access codes" in desk.refused("links", "list", "small-2026", "--output", desk.root / "x.xlsx")


def test_the_status_of_an_anonymous_round_tells_no_number_of_responses(crew):
    from survey.collection.rounds.snapshot import load_snapshot

    snapshot = load_snapshot(crew.kept, ROUND)
    for number in range(6):
        submitted(crew.kept, snapshot, number, now=crew.now)
    submitted(crew.kept, snapshot, 7, cluster="conwy-west", now=crew.now)
    lines = [line.split() for line in crew.done("rounds", "status", ROUND).splitlines()]
    assert lines[0] == ["Health", "board", "or", "cluster", "Clusters", "with", "5", "responses", "or", "more"]
    assert ["Arfon", "(arfon)", "5", "or", "more"] in lines
    assert ["Conwy-West", "(conwy-west)", "fewer", "than", "5"] in lines
    assert lines[-1] == ["Wales", "1", "of", "3"]
    assert "unnamed" in crew.refused("rounds", "status", ROUND, "--format", "json")
    crew.done("rounds", "close", ROUND, "--yes")
    closed = crew.done("rounds", "status", ROUND).strip()
    assert closed == "The round is closed. How many people responded is in its workbook."


@pytest.mark.parametrize("hosts", [None, ["a.example", "b.example"], [".example"]])
def test_addresses_that_would_lead_nowhere_are_not_written(crew, monkeypatch, hosts):
    monkeypatch.setitem(crew.app.config, "HOSTS", hosts)
    path = crew.root / "list"
    for arguments in (("links", "list", ROUND), ("links", "posters", ROUND), ("rounds", "invite", ROUND, "--all")):
        said = crew.refused(*arguments, "--output", path, code=2)
        assert "--site has to be given" in said
        assert len(said.splitlines()) == 2, "that, and where to read more"
        assert not path.exists()


def test_the_only_host_is_where_the_site_is(crew):
    path = crew.root / "links.xlsx"
    crew.done("links", "list", ROUND, "--output", path)
    _, row, *_ = openpyxl.load_workbook(path).worksheets[0].values
    assert [address.split("/survey/")[0] for address in row[5:]] == [
        f"https://reflect.example/{c}" for c in ("cy", "en")
    ]


def test_verify_says_that_all_links_that_were_given_out_are_gone(crew):
    assert crew.run("data", "verify").exit_code == 0, "none was given out"
    crew.done("links", "list", ROUND, "--output", crew.root / "links.xlsx", "--site", SITE)
    crew.done("links", "revoke", ROUND, *(one for code in links_of(crew.kept, ROUND) for one in ("--cluster", code)))
    assert crew.run("data", "verify").exit_code == 0, "they were revoked"
    (crew.data / "rounds" / ROUND / "people.tinydb").unlink()
    assert f"{ROUND}: the log says that links were given out, and all are gone." in crew.refused("data", "verify")
    crew.done("links", "list", ROUND, "--output", crew.root / "links.xlsx", "--site", SITE)
    assert crew.run("data", "verify").exit_code == 0
