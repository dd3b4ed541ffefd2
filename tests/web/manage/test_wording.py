"""The national team corrects wording in an open round on a page that shows every change first."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.catalogues.files import Places
from survey.collection.rounds.rewording import revisions
from survey.collection.rounds.round import close_round
from survey.web.manage import wording
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_welsh, write_welsh_of
from tests.collection.example import CLUSTER_LIST, DEFINITION, FRAMEWORK, LATER, ROUND
from tests.web.manage.conftest import Site

ADDRESS = f"/en/manage/rounds/{ROUND}/wording"


@pytest.fixture
def folder(site: Site, tmp_path: Path, catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The files of today, which have another label of the first question."""
    root = tmp_path / "project"
    definition = copy.deepcopy(DEFINITION)
    definition["sections"][0]["questions"][0]["label"] = "How did you do this?"
    files = {"small/2026": definition, "frameworks/small-framework": FRAMEWORK, "clusters/clusters-small": CLUSTER_LIST}
    for name, source in files.items():
        path = root / "questionnaires" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(source), encoding="utf-8")
    site.app.config["PLACES"] = Places(root, root / "translations")
    write_welsh(root / "translations")
    write_welsh_of(root / "translations", definition)
    use_catalogues(root / "translations", catalogues)
    monkeypatch.setattr(wording, "gate_of_readers", lambda *_: lambda _: [])
    return root


def test_what_would_change_is_shown_then_taken_in_with_a_reason(site: Site, folder: Path) -> None:
    client = site.client("eira")
    page = client.get(f"/en/manage/rounds/{ROUND}")
    assert ADDRESS in page.markup
    page = client.get(ADDRESS)
    assert "How did you do it?" in page.text
    assert "How did you do this?" in page.text

    refused = client.submit(page, {"reason": "", "vouched": "y"}, form="wording", status=422)
    assert "Give the reason" in refused.text
    unvouched = client.submit(page, {"reason": "Unclear"}, form="wording", status=422)
    assert "may ask something else" in unvouched.text
    assert revisions(site.kept, ROUND) == []
    done = client.submit(page, {"reason": "Unclear", "vouched": "y"}, form="wording")
    assert "Text revision 1" in done.text
    assert "Unclear" in done.text
    assert ("eira", "round_reworded") in site.log
    again = client.submit(page, {"reason": "Unclear", "vouched": "y"}, form="wording", status=422)
    assert "have the very words of this round" in again.text
    assert len(revisions(site.kept, ROUND)) == 1


def test_a_change_of_meaning_is_named_and_cannot_be_taken_in(site: Site, folder: Path) -> None:
    path = folder / "questionnaires" / "small" / "2026.json"
    definition = json.loads(path.read_text())
    definition["sections"][0]["questions"][1]["maximum"] = 5
    path.write_text(json.dumps(definition))
    page = site.client("eira").get(ADDRESS)
    assert "The words cannot be corrected now" in page.text
    assert "maximum was 1000 and is now 5" in page.text
    assert "<textarea" not in page.markup


def test_a_closed_round_only_shows_what_was_corrected(site: Site, folder: Path) -> None:
    close_round(site.kept, ROUND, LATER)
    assert "not open" in site.client("eira").get(ADDRESS).text


def test_a_submission_is_shown_in_the_words_it_was_given_under(site: Site, folder: Path) -> None:
    site.submitted()
    client = site.client("eira")
    client.submit(client.get(ADDRESS), {"reason": "Unclear", "vouched": "y"}, form="wording")
    page = client.get(f"/en/manage/rounds/{ROUND}/clusters/arfon")
    assert "How did you do it?" in page.text
    assert "How did you do this?" not in page.text


@pytest.mark.parametrize("name", ["mair", "gwyn", "sion"])
def test_only_the_national_team_corrects_wording(site: Site, name: str) -> None:
    site.client(name).get(ADDRESS, status=403)
