"""What translators change on the pages: kept over the repository’s text, shown, undone, given back."""

import json
import shutil
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from survey.catalogues.files import Places, canonical, message_id, replace_file
from survey.collection.errors import DomainError
from survey.collection.soundness import sound
from survey.collection.translation.changes import TRANSLATORS, Wish, keep_wishes, read_changes, version_of
from survey.collection.translation.comments import add_comment, open_comments, settle_comment
from survey.collection.translation.editions import new_since_last_year
from survey.collection.translation.export import exported
from survey.collection.translation.publication import put_to_use
from survey.collection.translation.wording import Wording
from survey.collection.translation.working_catalogue import current_messages
from survey.config import ROOT
from survey.languages import compiled, language, lead_with, refresh_if_changed
from survey.storage.repository import StorageFull, Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.catalogues_in_use import use_catalogues
from tests.collection.example import DEFINITION, NOW
from tests.collection.translators import (
    AGE,
    COUNT,
    NAME,
    SAVE,
    SIX,
    edit_file,
    in_use,
    message,
    own_process,
    project,
    say,
    shown,
    update,
    write,
)
from tests.storage.writers import CHILDREN
from tests.verified import is_clean


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return project(tmp_path)


@pytest.fixture
def data(repository: FileRepository) -> Path:
    return repository.root


def give_back(repository, places):
    made = exported(repository, places, NAME)
    replace_file(places.welsh(NAME), canonical(made.catalogue))
    return made


def test_what_a_translator_writes_is_shown_and_says_what_was_there_before(repository, places, data):
    assert say(repository, places, AGE, "Eich oed").kept == 1
    assert shown(repository, places, AGE, data) == "Eich oed"
    (change,) = message(repository, places, AGE).changed.changes
    assert (change.who, change.at, change.how) == ("sion", NOW.isoformat(), "edited")
    assert (change.before.forms, change.after.forms) == (("",), ("Eich oed",))


def test_six_plural_forms_are_shown_each_for_its_number(repository, places, data):
    forms = ("dim un ateb", *SIX[1:])
    say(repository, places, COUNT, Wording(forms))
    texts = in_use(repository, places, data)
    numbers = (0, 1, 2, 3, 6, 4)
    assert tuple(texts.npgettext(COUNT[0], COUNT[1], "%(n)s answers", number) for number in numbers) == forms


def test_what_the_gate_finds_fault_with_is_kept_and_not_shown(repository, places, data):
    say(repository, places, SAVE, "Cadwch")
    say(repository, places, SAVE, "Cadwch  nawr", is_sound=False)
    assert message(repository, places, SAVE).wording.forms == ("Cadwch  nawr",)
    assert shown(repository, places, SAVE, data) == "Cadwch"


def test_what_would_break_a_page_is_not_shown_whoever_says_that_it_is_sound(repository, places, data):
    say(repository, places, COUNT, Wording((*SIX[:5], "%(m)s ateb")))
    assert shown(repository, places, COUNT, data) == ""


def test_what_needs_work_is_not_shown(repository, places, data):
    say(repository, places, SAVE, Wording(("Cadwch",), is_fuzzy=True))
    assert shown(repository, places, SAVE, data) == ""


def test_of_two_who_write_the_second_is_told_and_sees_the_first(repository, places):
    seen = message(repository, places, SAVE).wording
    say(repository, places, SAVE, "Cadwch", seen=seen)
    outcome = say(repository, places, SAVE, "Storiwch", seen=seen, who="mair")
    assert (outcome.kept, len(outcome.overtaken)) == (0, 1)
    assert message(repository, places, SAVE).wording.forms == ("Cadwch",)
    assert say(repository, places, SAVE, "Storiwch", who="mair").kept == 1


def test_two_who_write_the_same_do_not_meet(repository, places):
    seen = message(repository, places, SAVE).wording
    for who in ("sion", "mair", "sion"):
        assert say(repository, places, SAVE, "Cadwch", seen=seen, who=who).kept == 1
    assert len(message(repository, places, SAVE).changed.changes) == 1


def test_undone_twice_it_is_as_it_was_and_the_history_keeps_all(repository, places, data):
    say(repository, places, SAVE, "Cadwch")
    say(repository, places, SAVE, "Storiwch")
    for _ in range(2):
        say(repository, places, SAVE, message(repository, places, SAVE).changed.changes[1].before)
        assert shown(repository, places, SAVE, data) == "Cadwch"
    for _ in range(2):
        say(repository, places, SAVE, message(repository, places, SAVE).changed.changes[0].before)
        assert shown(repository, places, SAVE, data) == ""
    said = [change.after.forms[0] for change in message(repository, places, SAVE).changed.changes]
    assert said == ["Cadwch", "Storiwch", "Cadwch", "Cadw"]


def test_back_at_a_text_that_the_gate_finds_fault_with_the_repository_is_shown_again(repository, places, data):
    say(repository, places, SAVE, "Cadwch")
    say(repository, places, SAVE, "Cadw", is_sound=False)
    assert shown(repository, places, SAVE, data) == ""


def test_once_the_repository_has_it_it_is_settled_and_the_repository_leads_again(repository, places, data):
    say(repository, places, AGE, "Eich oed")
    assert give_back(repository, places).taken == 1
    assert shown(repository, places, AGE, data) == ""
    assert message(repository, places, AGE).changed.settled
    edit_file(places, AGE, "Oedran")
    assert message(repository, places, AGE).wording.forms == ("Oedran",)
    assert not message(repository, places, AGE).clashes


def test_a_new_change_after_it_was_settled_is_shown(repository, places, data):
    say(repository, places, AGE, "Eich oed")
    give_back(repository, places)
    put_to_use(repository, places, [NAME])
    say(repository, places, AGE, "Oedran")
    assert shown(repository, places, AGE, data) == "Oedran"


def test_a_third_text_in_the_repository_is_a_clash_until_somebody_chooses(repository, places, data):
    say(repository, places, SAVE, "Cadwch")
    edit_file(places, SAVE, "Arbed")
    assert message(repository, places, SAVE).clashes
    assert shown(repository, places, SAVE, data) == "Cadwch"
    assert (exported(repository, places, NAME).taken, exported(repository, places, NAME).left) == (0, 1)
    say(repository, places, SAVE, "Cadwch")
    assert not message(repository, places, SAVE).clashes
    assert exported(repository, places, NAME).taken == 1


def test_the_repositorys_text_can_be_chosen(repository, places, data):
    say(repository, places, SAVE, "Cadwch")
    edit_file(places, SAVE, "Arbed")
    say(repository, places, SAVE, message(repository, places, SAVE).kept)
    assert shown(repository, places, SAVE, data) == ""
    assert not message(repository, places, SAVE).clashes


def test_when_the_english_changes_nothing_of_it_is_shown_and_it_is_offered_to_begin_from(repository, places, data):
    say(repository, places, AGE, "Eich oed")
    update(places, (*SAVE, ""), (AGE[0], "Your age in years", ""), (*COUNT, "%(n)s answers"))
    new = (AGE[0], "Your age in years")
    assert shown(repository, places, new, data) == shown(repository, places, AGE, data) == ""
    assert message(repository, places, new).proposal.latest.forms == ("Eich oed",)
    give_back(repository, places)
    assert message(repository, places, new).state == "fuzzy"


def test_a_mark_of_review_falls_when_the_repository_comes_to_another_text(repository, places):
    one = message(repository, places, SAVE)
    say(repository, places, SAVE, replace(one.wording, reviewed="Siôn, 2026-11-26"))
    assert message(repository, places, SAVE).state == "reviewed"
    edit_file(places, SAVE, "Arbed")
    assert message(repository, places, SAVE).state == "draft"
    assert message(repository, places, SAVE).wording.forms == ("Arbed",)


def test_what_is_given_back_changes_no_other_byte_and_carries_the_mark(repository, places):
    before = places.welsh(NAME).read_bytes()
    assert canonical(exported(repository, places, NAME).catalogue) == before
    say(repository, places, SAVE, Wording(("Cadwch",), reviewed="Siôn, 2026-11-26"))
    give_back(repository, places)
    after = places.welsh(NAME).read_text("utf-8")
    assert "# adolygwyd: Siôn, 2026-11-26 [" in after
    lines = [line for line in after.splitlines() if not line.startswith("# adolygwyd: Siôn")]
    assert "\n".join(lines).replace("Cadwch", "Cadw").encode() + b"\n" == before
    put_to_use(repository, places, [NAME])
    assert message(repository, places, SAVE).changed.settled


def test_a_draft_that_is_not_fit_to_be_shown_stays_behind(repository, places):
    say(repository, places, SAVE, "Cadwch  nawr", is_sound=False)
    made = exported(repository, places, NAME)
    assert (made.taken, made.left) == (0, 1)


def test_every_process_has_new_words_with_its_next_request(repository, places, data, monkeypatch):
    own_process(monkeypatch)
    use_catalogues(places.translations)
    lead_with(data / "translations")
    assert language("cy").pgettext(*AGE) == f"⚠{AGE[1]}⚠"
    say(repository, places, AGE, "Eich oed")
    put_to_use(repository, places, [NAME])
    assert refresh_if_changed()
    assert language("cy").pgettext(*AGE) == "Eich oed"
    assert not refresh_if_changed()


def test_what_was_kept_and_could_not_be_shown_is_shown_the_next_time(repository, places, data, monkeypatch):
    say(repository, places, AGE, "Eich oed")

    def full(*_):
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr(FileRepository, "write_bytes", full)
        with pytest.raises(StorageFull):
            put_to_use(repository, places, [NAME])
    assert shown(repository, places, AGE, data) == "Eich oed"


def test_whoever_shows_words_last_has_read_the_latest(repository, places, data, monkeypatch):
    """Two at once: while the first writes, the second changes a word and is done with it."""
    say(repository, places, AGE, "Eich oed")
    write_bytes, others = FileRepository.write_bytes, iter([1])

    def slow(self, place, name, content):
        if next(others, None):
            say(repository, places, AGE, "Oedran")
            put_to_use(repository, places, [NAME])
        write_bytes(self, place, name, content)

    monkeypatch.setattr(FileRepository, "write_bytes", slow)
    put_to_use(repository, places, [NAME])
    monkeypatch.undo()
    assert compiled("cy", data / "translations")(NAME).pgettext(*AGE) == "Oedran"


def change_all_for_ever(root: Path, where: Path, ready: Connection) -> None:
    repository, places = FileRepository(root), Places(where, where / "translations")
    number = 0
    while True:
        number += 1
        ones = current_messages(repository, places, NAME)
        wishes = [
            Wish(one.entry.msgctxt, one.entry.msgid, version_of(one.wording), Wording((f"{number}",)), one.kept, True)
            for one in ones
        ]
        keep_wishes(repository, NAME, wishes, "uploaded", "sion", NOW)
        ready.send_bytes(b"1")


def test_killed_in_the_middle_many_changes_are_kept_all_or_not_at_all(repository, tmp_path, data):
    places = project(tmp_path)
    write(places, *((f"p.{number}", f"Text {number}", "") for number in range(50)))
    places.welsh(NAME).unlink()
    for _ in range(2):
        receiving, sending = CHILDREN.Pipe(duplex=False)
        child = CHILDREN.Process(target=change_all_for_ever, args=(data, tmp_path, sending))
        child.start()
        sending.close()
        receiving.recv_bytes()
        child.kill()
        child.join()
        receiving.close()
        said = {one.wording.forms for one in current_messages(repository, places, NAME)}
        assert len(said) == 1


def test_a_record_that_is_none_is_named(repository, places):
    say(repository, places, SAVE, "Cadwch")
    assert is_clean(verify(repository, sound(repository, language("en"))))
    repository.write(TRANSLATORS, NAME, {"messages": {"x": {}}})
    with pytest.raises(Unreadable):
        read_changes(repository, NAME)
    assert len(verify(repository, sound(repository, language("en"))).wrong) == 1


def test_a_comment_is_there_for_its_author_until_somebody_has_seen_to_it(repository, places):
    kept = message(repository, places, AGE).kept
    for _ in range(2):
        add_comment(repository, NAME, *AGE, " Age of what? ", kept, "sion", NOW)
    ((one, comment),) = open_comments(repository, NAME)
    assert (one.english, comment.who, comment.text) == (AGE[1], "sion", "Age of what?")
    for _ in range(2):
        settle_comment(repository, NAME, message_id(*AGE), 0, "eira")
    assert not list(open_comments(repository, NAME))
    assert message(repository, places, AGE).changed.comments[0].settled == "eira"
    assert exported(repository, places, NAME).taken == 0


@pytest.mark.parametrize(("text", "code"), [(" ", "no_note"), ("a" * 1001, "long_note")])
def test_a_comment_that_says_nothing_or_too_much_is_refused(repository, places, text, code):
    with pytest.raises(DomainError) as caught:
        add_comment(repository, NAME, *AGE, text, message(repository, places, AGE).kept, "sion", NOW)
    assert caught.value.code == code
    assert not list(open_comments(repository, NAME))


def test_what_is_new_in_this_years_edition_is_told_from_what_last_years_had(places):
    folder = places.questionnaires / "small"
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "questionnaires" / "schema", places.questionnaires / "schema")
    (folder / "2025.json").write_text(json.dumps({**DEFINITION, "edition": "2025"}), encoding="utf-8")
    assert new_since_last_year(places, "small") is None
    (folder / "2026.json").write_text(json.dumps({**DEFINITION, "title": "A new title"}), encoding="utf-8")
    assert new_since_last_year(places, "small") == {("small.title", "A new title")}
    assert new_since_last_year(places, NAME) is None
