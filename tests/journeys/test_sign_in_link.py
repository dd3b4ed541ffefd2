"""Somebody of a cluster comes by the link of an e-mail, without a code and without scripts, and answers a question."""

from datetime import UTC, datetime

from survey.collection.people.contacts import Contact, read_contacts, take_in
from survey.collection.people.sign_in_links import make_sign_in_link
from survey.collection.responses.queries import Entry, Subject, ask, read_queries
from survey.collection.rounds.snapshot import load_snapshot
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, OPENING_DAY, ROUND, Service
from tests.journeys.test_national_team import submit_everything


def test_a_contact_signs_in_by_a_link_and_answers_what_is_asked(arrive: Arrive, service: Service, code: str) -> None:
    repository = service.repository
    submit_everything(service)
    take_in(repository, [Contact(CLUSTER, "Siân", "", "sian@nhs.example", "cy")], OPENING_DAY.date())
    token = make_sign_in_link(repository, ROUND, CLUSTER, next(iter(read_contacts(repository))), "x", datetime.now(UTC))
    question = Entry("q1", "team", "Which clinic?", "en", "eira", OPENING_DAY)
    ask(repository, load_snapshot(repository, ROUND), CLUSTER, Subject("about", "how_done"), 1, question)

    person = arrive("cy", 320, script=False)
    person.open(f"/sign-in/{token}")
    person.press("#sign-in button")
    assert person.path == "/reflection"
    person.press("main a[href$='/reflection/queries']")
    person.press("main a[href$='/queries/q1']")
    person.press("form#answer button:not([hidden])", status=422)
    person.fill({"text": "Y clinig yn y Drenewydd."})
    person.page.locator("main input[type=checkbox]").check()
    person.press("form#answer button:not([hidden])")
    (kept,) = read_queries(repository, ROUND, CLUSTER)
    assert (kept.state, kept.asks_reopening) == ("answered", True)
    person.open(f"/sign-in/{token}")
    assert person.path == "/reflection"
    arrive("cy", 320, script=False).open(f"/sign-in/{token}", status=410)
