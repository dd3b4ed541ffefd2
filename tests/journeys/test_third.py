"""A third questionnaire, JSON and Welsh only, answered in a browser on a phone in Welsh, and found in its workbook."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.catalogues.compilation import compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.catalogues.files import Places
from survey.collection.people.access import issue_code
from survey.collection.rounds.opening import open_round, read_sources
from survey.collection.rounds.round import Round, create_round
from survey.languages import language
from survey.reporting.workbooks.registry import prepared
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.data_format import secret_of
from tests.catalogues_in_use import catalogues_in_use
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, OPENING_DAY, ROOT, Server, Service
from tests.third.test_third_questionnaire import Z, of_wales

ADDED = ROOT / "tests" / "third"
ROUND, NAME, CODE = "digital-2026", "digital-tools", "ABCD-EFGH-JKMN"
LIST = "clusters-2026"


@pytest.fixture(scope="module")
def service(words_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with the added questionnaire in an open round, and one cluster's code."""
    catalogues = tmp_path_factory.mktemp("translations")
    shutil.copytree(words_of_today, catalogues, dirs_exist_ok=True)
    places = Places(root=tmp_path_factory.mktemp("added"), translations=catalogues)
    shutil.copytree(ADDED / "questionnaires", places.questionnaires)
    shutil.copytree(ADDED / "translations", catalogues, dirs_exist_ok=True)
    for shared in ("schema", "clusters"):
        (places.questionnaires / shared).symlink_to(ROOT / "questionnaires" / shared)
    write_templates(places, {NAME: templates(places)[NAME]})
    compile_catalogues(places)
    with catalogues_in_use(catalogues):
        data = tmp_path_factory.mktemp("data")
        repository = open_data_folder(data)
        create_round(repository, Round(ROUND, NAME, "2026", "2026-27", LIST))
        sources = read_sources(places.questionnaires, NAME, "2026", LIST)
        open_round(repository, ROUND, sources, lambda _catalogues: [], OPENING_DAY)
        issue_code(repository, secret_of(data).encode(), ROUND, CLUSTER, CODE, OPENING_DAY)
        server = Server(data, catalogues, tmp_path_factory.mktemp("log") / "gunicorn.log")
        yield Service(server.start(), data, repository)
        server.stop()


def test_it_is_answered_in_welsh_on_a_phone_and_exported(arrive: Arrive, service: Service, tmp_path: Path) -> None:
    person = arrive("cy", 320)
    person.come_in(CODE)
    person.open("/reflection/section/use")
    person.choose("q-often", "daily")
    person.choose("q-tools", "video", "records")
    person.save()
    assert person.path == "/reflection/section/views"
    person.choose("q-ease", "fair")
    person.page.locator(".app-ranking button[value=time]").click()
    person.choose("q-places-visits.working", "badly")
    person.fill({"q-devices": "12"})
    person.save()
    person.open("/reflection/check")
    person.press("main form button")
    assert (person.path, person.language) == ("/reflection/submitted", "cy")
    workbook = prepared(service.repository, ROUND, 5, OPENING_DAY).write(language("cy"), tmp_path)
    found = of_wales(workbook)
    assert found["Pa mor aml y caiff offer digidol eu defnyddio?", Z, "Bob dydd"][4:6] == [1, 1]
