"""What translators have done on the pages, from the command line."""

import pytest
from click.testing import CliRunner

from survey import create_app
from survey.collection.translation.comments import add_comment
from survey.commands.translations import translations
from survey.languages import language
from survey.storage.data_folder import open_data_folder
from tests.catalogues_in_use import use_catalogues
from tests.collection.example import NOW
from tests.collection.translators import AGE, NAME, message, own_process, project, say


@pytest.fixture
def service(tmp_path, monkeypatch):
    """A service with the words of a small project."""
    own_process(monkeypatch)
    places = project(tmp_path)
    app = create_app({"TESTING": True, "DATA": tmp_path / "data", "SECRET_KEY": "s" * 40, "NOW": lambda: NOW})
    return app, places, open_data_folder(tmp_path / "data")


def run(service, *arguments):
    app, places, _ = service
    with app.app_context():
        ran = CliRunner().invoke(translations, list(arguments), obj=places, prog_name="flask translations")
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_changes_go_into_the_catalogues_and_the_catalogues_are_right_again(service):
    _, places, repository = service
    say(repository, places, AGE, "Eich oed")
    assert "interface.po: changes taken: 1." in run(service, "export")
    assert 'msgstr "Eich oed"' in places.welsh(NAME).read_text("utf-8")
    run(service, "update", "compile")
    assert message(repository, places, AGE).changed.settled
    assert "changes taken: 0." in run(service, "export")


def test_changes_can_be_written_elsewhere(service, tmp_path):
    _, places, repository = service
    say(repository, places, AGE, "Eich oed")
    before = places.welsh(NAME).read_bytes()
    run(service, "export", "--output", str(tmp_path / "out"))
    assert places.welsh(NAME).read_bytes() == before
    assert 'msgstr "Eich oed"' in (tmp_path / "out" / "interface.po").read_text("utf-8")


def test_what_is_compiled_anew_has_the_changes_over_it(service):
    _, places, repository = service
    say(repository, places, AGE, "Eich oed")
    run(service, "compile")
    use_catalogues(places.translations)
    assert language("cy").pgettext(*AGE) == "Eich oed"


def test_comments_are_shown_with_their_place(service):
    _, places, repository = service
    assert "no comment" in run(service, "comments")
    add_comment(repository, NAME, *AGE, "Age of what?", message(repository, places, AGE).kept, "sion", NOW)
    said = run(service, "comments")
    assert "interface: field.label" in said
    assert "sion" in said
    assert "Age of what?" in said


def test_a_service_that_was_killed_before_it_showed_a_change_shows_it_when_it_starts(service, tmp_path):
    app, places, repository = service
    say(repository, places, AGE, "Eich oed")
    create_app({**app.config, "PLACES": places, "DATA": tmp_path / "data"})
    assert language("cy").pgettext(*AGE) == "Eich oed"
