"""From the access code to the receipt, in every language."""

import pytest

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, CODE, ROUND

LANGUAGES = ("cy", "en", "en-XA")
CONTINUE = ("then", "continue")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cluster_answers_and_submits(client: CheckingClient, repository: FileRepository, language: str) -> None:
    start = client.get(f"/{language}/")
    assert f"/{language}/sign-in" in start.links.values()
    page = client.submit(client.get(f"/{language}/sign-in"), {"access_code": CODE})
    assert page.path == f"/{language}/reflection"
    page = answer(client, f"/{language}/reflection/section/about", {"q-how": "meeting"}, button=CONTINUE)
    assert page.path == f"/{language}/reflection/section/outcome/big-01"
    states = {"q-criteria-big-01.f1": "in_place", "q-criteria-big-01.m1": "not_yet", "q-level": "mature"}
    page = client.submit(page, {**states, "q-difference": "Ein ŵyl ŷ"}, button=CONTINUE)
    assert page.path == f"/{language}/reflection/section/outcome/big-02"
    page = client.submit(page, {"q-criteria-big-02.s1": "in_place", "q-level": "mature"}, button=CONTINUE)
    assert page.path == f"/{language}/reflection/section/practice"
    page = client.submit(page, button=CONTINUE)
    assert page.path == f"/{language}/reflection/check"
    page = client.submit(page)
    assert page.path == f"/{language}/reflection/submitted"
    response = read_response(repository, ROUND, CLUSTER)
    assert response.status == "submitted"
    assert response.counted is not None
    assert response.counted.submitted_in == language
    assert response.counted.answers["outcome/big-01"]["difference"] == "Ein ŵyl ŷ"
    assert response.id[:8].upper() in page.text
    view = client.get(f"/{language}/reflection/view")
    assert "Ein ŵyl ŷ" in view.text
