"""`flask queries …`"""

import json

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import take_in
from survey.collection.people.messages import read_messages
from survey.collection.responses.lifecycle import submit
from survey.collection.responses.queries import TEAM, QueryEntry, Subject, ask, read_queries
from survey.collection.rounds.snapshot import load_snapshot
from tests.collection.example import NOW, ROUND, save_all
from tests.collection.test_messages import GOOD


def test_questions_are_listed_followed_up_and_closed(desk):
    desk.opened()
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot, "arfon")
    submit(desk.kept, snapshot, "arfon", language="cy", now=NOW)
    asked = QueryEntry("q1", TEAM, "Which meeting?", "en", "eira", NOW)
    ask(desk.kept, snapshot, "arfon", Subject("about", "people"), 1, asked)
    take_in(desk.kept, [Contact(*GOOD)], NOW.date())
    desk.app.config["SMTP_HOST"] = "mail.example"
    assert "Which meeting?" in desk.done("queries", "list", ROUND)
    told = desk.done("queries", "write", ROUND, "q1", "--cluster", "arfon", "--text", "In May?", "--by", "gwen")
    assert told == "1 new message is waiting\n"
    assert [(one.kind, one.cluster) for one in read_messages(desk.kept, ROUND, NOW)] == [("query", "arfon")]
    (listed,) = json.loads(desk.done("queries", "list", ROUND, "--state", "open", "--format", "json"))
    assert [entry["text"] for entry in listed["entries"]] == ["Which meeting?", "In May?"]
    desk.done("queries", "close", ROUND, "q1", "--cluster", "arfon")
    assert read_queries(desk.kept, ROUND, "arfon")[0].state == "closed"
    assert desk.done("queries", "list", ROUND, "--state", "open") == "There are no questions\n"
    assert desk.refused("queries", "close", ROUND, "q2", "--cluster", "arfon")


def test_a_cluster_is_asked_once_about_an_answer_that_it_submitted_and_a_wrong_name_says_which_there_are(desk):
    desk.opened()
    asked = ("queries", "ask", ROUND, "--cluster", "arfon", "--text", "Which meeting?", "--by", "gwen", "--about")
    assert "there is nothing to ask about" in desk.refused(*asked, "about/people")
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot, "arfon")
    submit(desk.kept, snapshot, "arfon", language="cy", now=NOW)
    take_in(desk.kept, [Contact(*GOOD)], NOW.date())
    desk.app.config["SMTP_HOST"] = "mail.example"
    assert "about/people" in desk.refused(*asked, "about/persons")
    assert read_queries(desk.kept, ROUND, "arfon") == ()
    first = desk.done(*asked, "about/people")
    (query,) = read_queries(desk.kept, ROUND, "arfon")
    assert first == f"Asked: {query.id}\n1 new message is waiting\n"
    assert (query.subject, query.submission) == (Subject("about", "people"), 1)
    assert desk.done(*asked, "about/people").startswith("This was asked before")
    assert read_queries(desk.kept, ROUND, "arfon") == (query,)
    assert len(read_messages(desk.kept, ROUND, NOW)) == 1
    assert [what for _, what in desk.log].count("query_asked") == 1
