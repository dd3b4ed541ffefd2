"""Editions that authors add: kept over the files, undone, given back, and in nobody’s way."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from survey.catalogues.files import Places, message_id
from survey.collection.editions.changes import EDITIONS, change_edition, keep_content, read_changed
from survey.collection.editions.export import export_editions
from survey.collection.editions.faults import faults_of_added
from survey.collection.editions.lifecycle import keep_edition, restore_edition, withdraw_edition
from survey.collection.editions.standing import settle, standing_of, with_added
from survey.collection.errors import DomainError
from survey.collection.rounds.opening import editions, read_sources
from survey.collection.rounds.round import create_round
from survey.collection.soundness import sound
from survey.collection.translation.editions import new_since_last_year
from survey.collection.translation.from_authors import keep_with_welsh
from survey.collection.translation.working_catalogue import current_messages
from survey.config import ROOT
from survey.languages import compiled, language
from survey.questionnaire.editions import next_edition
from survey.questionnaire.json_writer import json_of
from survey.storage.backup import backup
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.collection.example import CLUSTER_LIST, DEFINITION, FRAMEWORK, NOW, opened_round, small_round
from tests.restoring import restore
from tests.verified import is_clean

NAME = DEFINITION["id"]
NEW = json.loads(json.dumps(next_edition(DEFINITION, "2027")))
NEW["sections"][0]["questions"][1]["label"] = "How many people came?"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The repository, with the edition of 2026."""
    root = tmp_path / "project"
    files = {f"{NAME}/2026": DEFINITION, "frameworks/small-framework": FRAMEWORK, "clusters/small": CLUSTER_LIST}
    for name, source in files.items():
        release(root, name, source)
    return Places(root, root / "translations")


def release(root: Path, name: str, source) -> None:
    """A release of the service has this file."""
    path = root / "questionnaires" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json_of(source))


def keep(repository, places, source=NEW, *, seen=None, who="ann"):
    """Somebody who has `seen` an edition, or the one of now, has it be as `source` says."""
    now = standing_of(repository, places.questionnaires, source["id"], source["edition"]).current
    return keep_edition(repository, places.questionnaires, source, now if seen is None else seen, "uploaded", who, NOW)


def reworded(source, label):
    """The same with other words for its second question."""
    made = json.loads(json.dumps(source))
    made["sections"][0]["questions"][1]["label"] = label
    return made


def asked(repository, places, year="2027"):
    """The label of the second question, as a round would be opened with it today; None where there is no edition."""
    added = with_added(repository, places).added
    try:
        sources = read_sources(places.questionnaires, NAME, year, "small", added)
    except DomainError:
        return None
    return sources.definition["sections"][0]["questions"][1]["label"]


def test_an_added_edition_can_be_asked_at_once_and_everything_is_as_before_for_the_others(repository, places):
    assert asked(repository, places) is None
    keep(repository, places)
    assert asked(repository, places) == "How many people came?"
    assert asked(repository, places, "2026") == "How many people?"
    assert editions(with_added(repository, places).shelf) == [(NAME, "2026"), (NAME, "2027")]
    (change,) = read_changed(repository, NAME)["2027"].changes
    assert (change.who, change.how, change.at) == ("ann", "uploaded", NOW.isoformat())


def test_another_process_has_it_with_its_next_look(repository, places):
    keep(repository, places)
    assert asked(FileRepository(repository.root), places) == "How many people came?"
    keep(FileRepository(repository.root), places, reworded(NEW, "How many?"))
    assert asked(repository, places) == "How many?"


def test_an_edition_of_the_repository_can_be_led(repository, places):
    keep(repository, places, reworded(DEFINITION, "How many of you?"))
    assert asked(repository, places, "2026") == "How many of you?"
    withdraw_edition(repository, places.questionnaires, NAME, "2026", current(repository, places, "2026"), "ann", NOW)
    assert asked(repository, places, "2026") == "How many people?"


def current(repository, places, year="2027"):
    return standing_of(repository, places.questionnaires, NAME, year).current


def test_of_two_authors_the_second_is_told_and_chooses(repository, places):
    keep(repository, places)
    seen = current(repository, places)
    keep(repository, places, reworded(NEW, "Ann’s"), seen=seen)
    with pytest.raises(DomainError, match="edition_changed"):
        keep(repository, places, reworded(NEW, "Bob’s"), seen=seen, who="bob")
    assert asked(repository, places) == "Ann’s"
    keep(repository, places, reworded(NEW, "Bob’s"), who="bob")
    assert asked(repository, places) == "Bob’s"


def test_the_same_twice_is_once(repository, places):
    for _ in range(2):
        keep(repository, places, seen="")
    assert len(read_changed(repository, NAME)["2027"].changes) == 1


def test_undone_it_is_as_it_was_and_the_history_keeps_all(repository, places):
    keep(repository, places)
    keep(repository, places, reworded(NEW, "Other"))
    folder = places.questionnaires
    restore_edition(repository, folder, NAME, "2027", 0, current(repository, places), "bob", NOW)
    assert asked(repository, places) == "How many people came?"
    withdraw_edition(repository, folder, NAME, "2027", current(repository, places), "bob", NOW)
    assert asked(repository, places) is None
    restore_edition(repository, folder, NAME, "2027", 1, "", "bob", NOW)
    assert asked(repository, places) == "Other"
    hows = [change.how for change in read_changed(repository, NAME)["2027"].changes]
    assert hows == ["uploaded", "uploaded", "restored", "withdrawn", "restored"]
    for number in (3, 9, -1):
        with pytest.raises(DomainError, match="no_such_change"):
            restore_edition(repository, folder, NAME, "2027", number, current(repository, places), "bob", NOW)


def test_an_open_round_lets_words_alone_be_changed_in_its_edition(repository, places):
    opened_round(repository)
    keep(repository, places, reworded(DEFINITION, "How many of you?"))
    harmful = json.loads(json.dumps(DEFINITION))
    harmful["sections"][0]["questions"][1]["maximum"] = 5
    with pytest.raises(DomainError, match="edition_in_use") as refused:
        keep(repository, places, harmful)
    assert "maximum" in refused.value.say(language("en"))
    assert asked(repository, places, "2026") == "How many of you?"
    keep(repository, places, {**harmful, "edition": "2027"})


def test_an_edition_that_a_round_is_planned_with_is_not_taken_away(repository, places):
    keep(repository, places)
    create_round(repository, small_round("next", edition="2027", reporting_year="2027-28"))
    with pytest.raises(DomainError, match="edition_planned"):
        withdraw_edition(repository, places.questionnaires, NAME, "2027", current(repository, places), "ann", NOW)
    assert asked(repository, places) == "How many people came?"


def test_given_back_it_has_the_bytes_of_a_file_and_the_repository_leads_from_then_on(repository, places):
    keep(repository, places)
    made = export_editions(repository, places.questionnaires, places.questionnaires)
    assert made.written == (places.shelf.path(NAME, "2027"),)
    assert made.written[0].read_bytes() == json_of(NEW)
    settle(repository, places.questionnaires)
    release(places.root, f"{NAME}/2027", reworded(NEW, "Of a later release"))
    assert asked(repository, places) == "Of a later release"
    made.written[0].unlink()
    assert asked(repository, places) == "How many people came?", "an older release brought back has no such file"


def test_a_release_with_an_edition_of_the_same_year_takes_nothing_away_and_somebody_chooses(repository, places):
    keep(repository, places)
    release(places.root, f"{NAME}/2027", reworded(NEW, "Of the release"))
    assert asked(repository, places) == "How many people came?"
    assert standing_of(repository, places.questionnaires, NAME, "2027").clashes
    assert export_editions(repository, places.questionnaires, places.questionnaires).written == ()
    keep(repository, places, reworded(NEW, "Hers"))
    assert not standing_of(repository, places.questionnaires, NAME, "2027").clashes
    withdraw_edition(repository, places.questionnaires, NAME, "2027", current(repository, places), "ann", NOW)
    assert asked(repository, places) == "Of the release"


def test_a_backup_takes_editions_with_their_history_and_verify_knows_them(places, tmp_path):
    repository = open_data_folder(tmp_path / "whole")
    keep(repository, places)
    backup(repository.root, tmp_path / "kept.zip")
    restored = tmp_path / "restored"
    restore(tmp_path / "kept.zip", restored)
    again = FileRepository(restored)
    assert asked(again, places) == "How many people came?"
    assert is_clean(verify(again, sound(again, language("en"))))
    (content,) = restored.glob("editions/contents/*.json")
    content.write_bytes(content.read_bytes().replace(b"came", b"went"))
    (wrong,) = verify(again, sound(again, language("en"))).wrong
    assert (wrong.place, wrong.key) == (EDITIONS, NAME)


def test_translators_have_the_new_texts_and_their_welsh_reaches_readers(repository, tmp_path):
    """With the self-reflection as it is in the repository, of which the next year is added with one new question."""
    places = Places(ROOT, tmp_path / "translations")
    shutil.copytree(ROOT / "translations", places.translations)
    source = json.loads((places.questionnaires / "self-reflection" / "2026.json").read_text("utf-8"))
    source = next_edition(source, "2027")
    question = {"id": "rooms", "type": "long_text", "label": "Where did you meet, as a team?", "since": "2027"}
    source["sections"][0]["questions"].append(question)
    context = f"self-reflection.{source['sections'][0]['id']}.rooms.label"
    key = message_id(context, question["label"])
    welsh = [(context, question["label"], "Ble wnaethoch chi gyfarfod, fel tîm?")]
    welsh.append(("self-reflection.title", source["title"], "Rhywbeth arall"))

    given = keep_with_welsh(repository, places, source, welsh, "", "uploaded", "ann", NOW)
    assert (given.taken, given.left) == (1, 1)
    whole = with_added(repository, places)
    messages = current_messages(repository, whole, "self-reflection")
    (new,) = [one for one in messages if one.id == key]
    assert (new.state, new.entry.occurrences[0][0]) == ("draft", "questionnaires/self-reflection/2027.json")
    assert new_since_last_year(whole, "self-reflection") == {(context, question["label"])}
    said = compiled("cy", repository.root / "translations")("self-reflection").pgettext(context, question["label"])
    assert said == "Ble wnaethoch chi gyfarfod, fel tîm?"


def test_an_added_edition_that_later_checks_would_not_take_is_told_with_its_place(repository, places):
    keep(repository, places)
    assert faults_of_added(repository, places.questionnaires) == []
    other = json.loads(json.dumps(NEW))
    other["sections"][0]["questions"][1]["label"] = "Is it  so?"
    other["framework"] = "of-another-release"
    content = keep_content(repository, json_of(other))
    change_edition(
        repository, NAME, "2027", lambda one: replace(one, changes=(replace(one.changes[0], content=content),))
    )
    first, *_ = found = faults_of_added(repository, places.questionnaires)
    assert {finding.file for finding in found} == {f"{NAME} 2027"}
    assert first.spot is not None
