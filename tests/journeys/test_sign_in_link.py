"""Somebody of a cluster comes by a link, without code and scripts, and answers what the national team asks."""

from survey.collection.responses.queries import read_queries
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, ROUND, Service
from tests.journeys.test_national_team import sign_in, submit_everything


def test_a_question_about_an_answer_is_asked_answered_by_a_link_and_closed(
    arrive: Arrive, service: Service, code: str
) -> None:
    submit_everything(service)
    cluster_page = f"/manage/rounds/{ROUND}/clusters/{CLUSTER}"
    team, person = arrive("cy", 320, script=False), arrive("cy", 320, script=False)
    sign_in(team)
    team.open(cluster_page)
    team.press(team.page.locator("main a[href*='/queries/new']").first)
    team.press("form#ask button:not([hidden])", status=422)
    team.fill({"text": "Pa glinig?"})
    team.press("form#ask button:not([hidden])")
    team.open(f"{cluster_page}/ways-in")
    team.press("form#code button")
    team.press(".nhsuk-back-link")
    team.press("form#link button")
    link = team.page.locator(".app-notes__text").first.inner_text().split("/cy", 1)[1]

    person.open(link)
    person.press("#sign-in button")
    assert person.path == "/reflection"
    person.press("main a[href$='/reflection/queries']")
    person.press("main p a[href*='/queries/']")
    person.press("form#answer button:not([hidden])", status=422)
    person.fill({"text": "Y clinig yn y Drenewydd."})
    person.page.locator("main input[type=checkbox]").check()
    person.press("form#answer button:not([hidden])")
    person.open(link)
    assert person.path == "/reflection"
    arrive("cy", 320, script=False).open(link, status=410)

    (kept,) = read_queries(service.repository, ROUND, CLUSTER)
    assert (kept.state, kept.asks_reopening) == ("answered", True)
    team.open(f"{cluster_page}/queries/{kept.id}")
    team.press("form#close button")
    assert read_queries(service.repository, ROUND, CLUSTER)[0].state == "closed"
