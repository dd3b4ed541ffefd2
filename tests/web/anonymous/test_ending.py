"""Whoever is not to answer is told so, submits nothing, and is counted as nobody in particular."""

from collections.abc import Callable
from copy import deepcopy

from survey.collection.responses.endings import endings_of, people_at_endings, said_of_endings
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from tests.collection.anonymous_example import DEFINITION, NOW, ROUND
from tests.web.anonymous.conftest import CONTINUE, Site

WORDS = "This survey is not for you. Thank you for your time."
SAID_OF_FEW = "Fewer than 5 people were told that the survey is not for them."
RULE = {"all": [{"question": "job", "operator": "=", "answer": "other"}]}
WITH_ENDING = deepcopy(DEFINITION)
WITH_ENDING["sections"][0]["questions"].append(
    {"id": "not_for_you", "type": "ending", "label": WORDS, "show_when": RULE}
)


def test_an_ending_thanks_takes_no_answers_and_is_counted_once(make_site: Callable[..., Site]) -> None:
    site = make_site(definition=WITH_ENDING)
    client, page = site.begun()
    assert WORDS not in page.text
    page = client.submit(page, {"q-job": "other"}, button=CONTINUE)
    assert page.path.endswith("/check")
    assert WORDS in page.text

    changed_mind = client.submit(
        client.get(page.path.replace("check", "section/role")), {"q-job": "lead"}, button=CONTINUE
    )
    assert changed_mind.path.endswith("/section/skills")
    assert client.submit(page).path.endswith("/check"), "the answers lead on by now, so nothing is thrown away"
    page = client.submit(client.get(page.path.replace("check", "section/role")), {"q-job": "other"}, button=CONTINUE)

    for _ in range(2):
        thanks = client.submit(page)
        assert "We have kept none of your answers." in thanks.text
    assert site.drafts == site.responses == []
    assert dict(site.kept.read_all(endings_of(ROUND))) == {"role.not_for_you": {"count": 1}}


def test_how_many_came_to_an_ending_is_told_after_the_close_and_of_few_in_words(make_site: Callable[..., Site]) -> None:
    site = make_site(definition=WITH_ENDING)
    client, page = site.begun()
    assert said_of_endings(people_at_endings(site.kept, site.snapshot), 5, language("en")) == SAID_OF_FEW
    client.submit(client.submit(page, {"q-job": "other"}, button=CONTINUE))
    close_round(site.kept, ROUND, NOW)
    snapshot = load_snapshot(site.kept, ROUND)
    few = said_of_endings(people_at_endings(site.kept, snapshot), 5, language("en"))
    assert few == SAID_OF_FEW
    site.kept.write(endings_of(ROUND), "role.not_for_you", {"count": 5})
    assert said_of_endings(people_at_endings(site.kept, snapshot), 5, language("en")).startswith("5 people")


def test_of_a_questionnaire_without_an_ending_nothing_is_told(make_site: Callable[..., Site]) -> None:
    site = make_site()
    assert people_at_endings(site.kept, site.snapshot) is None
    assert said_of_endings(None, 5, language("en")) == ""
