"""The page on which the national team reads what was written: decides on it, puts it under themes, finds it again."""

import pytest

from survey.collection.reading.decisions import NOT_READ, TextReading, read_readings, released_texts, settle
from survey.collection.reading.texts import written_texts
from survey.collection.reading.themes import Theme, keep_themes, read_themes, version_of
from survey.collection.responses.anonymous import store_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.web.manage import reading as reading_pages
from tests.collection.example import NOW
from tests.collection.example import ROUND as REFLECTIONS
from tests.reporting.workforce.survey_of_people import ROUND, close, cluster_list, opened, real_definition
from tests.web.html import text_of

PAGE = f"/en/manage/rounds/{ROUND}/reading"
ASKED = "anything_else.anything_else"
THIS = f"{PAGE}?asked={ASKED}"
PAY, TIME = Theme("", "Cyflog", "Pay"), Theme("", "Amser", "Time")


def definition():
    """The survey of the workforce with two of its questions."""
    short = real_definition()
    kept = {"profession", "anything_else"}
    for section in short["sections"]:
        section["questions"] = [question for question in section["questions"] if question["id"] in kept]
    short["sections"] = [section for section in short["sections"] if section["questions"]]
    return short


def answered(site, comments):
    """A closed round in which somebody wrote each of these."""
    _, snapshot = opened(site.kept.root, definition(), cluster_list(1, 1))
    for number, comment in enumerate(comments):
        pages = {
            "role": {"answers": {"profession": "nurse"}, "written_in": {}},
            "anything_else": {"answers": {"anything_else": comment}, "written_in": {"anything_else": "en"}},
        }
        store_response(site.kept, snapshot, "c-1-1", pages, response_id=f"{number:032x}", language="en")
    close(site.kept)
    return site


@pytest.fixture
def people(site):
    return answered(site, ("One.", "Dr Jones shouts.", "Three."))


def text_with(site, words, round_id=ROUND):
    texts = written_texts(site.kept, load_snapshot(site.kept, round_id))
    return next(text for text in texts if words in text.text)


def reading(site, text):
    return read_readings(site.kept, ROUND).get(text.key, NOT_READ)


def released(site):
    return released_texts(site.kept, load_snapshot(site.kept, ROUND))


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_texts_wait_on_the_page_with_nothing_else_that_the_person_answered(people, language):
    page = people.client("eira", language).get(THIS.replace("/en/", f"/{language}/"))
    for words in ("One.", "Dr Jones shouts.", "Three."):
        assert words in page.text
    assert "Nurse" not in page.text
    assert "Cluster 1.1" not in page.markup
    assert {select.get("name") for select in page.all("select")} == {"asked", "state", "written_in", "theme"}
    assert ("eira", "comments_viewed") in people.log


def test_what_is_released_goes_out_in_the_words_that_were_left(people):
    jones, one = text_with(people, "Jones"), text_with(people, "One.")
    client = people.client("eira")
    chosen = {
        f"state-{jones.key}": "released",
        f"words-{jones.key}": "Somebody shouts.",
        f"state-{one.key}": "withheld",
    }
    page = client.submit(client.get(THIS), chosen, form="reading")
    assert "Waiting: 1. Released: 1. Withheld: 1." in page.text
    assert "Jones" not in page.text
    assert "Three." in page.text
    assert released(people) == ("Somebody shouts.",)
    assert people.log.count(("eira", "comment_released")) == 1
    assert people.log.count(("eira", "comment_withheld")) == 1


def test_what_was_released_is_found_again_with_both_texts(people):
    jones = text_with(people, "Jones")
    settle(people.kept, ROUND, jones, NOT_READ.seen, TextReading("released", "Somebody shouts.", by="eira"), NOW)
    page = people.client("eira").get(f"{THIS}&state=released")
    assert "Dr Jones shouts." in page.text
    assert "Somebody shouts." in page.text
    assert "1 text found" in page.text


def test_a_text_of_which_nothing_is_left_is_not_released_and_nothing_typed_is_lost(people):
    jones, one = text_with(people, "Jones"), text_with(people, "One.")
    client = people.client("eira")
    chosen = {
        f"state-{jones.key}": "released",
        f"words-{jones.key}": " ",
        f"words-{one.key}": "One, perhaps.",
    }
    page = client.submit(client.get(THIS), chosen, form="reading", status=422)
    assert page.errors == [("Nothing would be left of the text. Withhold it instead.", f"#text-{jones.key}")]
    sent = page.values(page.form("reading"))
    assert (sent[f"state-{jones.key}"], sent[f"words-{one.key}"]) == ("released", "One, perhaps.")
    assert released(people) == ()


def test_two_who_decide_at_once_see_it_and_the_second_may_then_decide(people):
    jones = text_with(people, "Jones")
    client = people.client("eira")
    page = client.get(THIS)
    settle(people.kept, ROUND, jones, NOT_READ.seen, TextReading("withheld", by="eira"), NOW)
    page = client.submit(page, {f"state-{jones.key}": "released"}, form="reading", status=422)
    assert "Somebody else has decided otherwise" in page.text
    assert "Withhold it: eira" in page.text
    assert released(people) == ()
    client.submit(page, form="reading")
    assert released(people) == ("Dr Jones shouts.",)


def test_saving_twice_or_going_back_and_saving_again_changes_nothing(people):
    jones = text_with(people, "Jones")
    client = people.client("eira")
    page = client.get(THIS)
    for _ in range(2):
        client.submit(page, {f"state-{jones.key}": "released"}, form="reading")
    assert people.log.count(("eira", "comment_released")) == 1


def test_the_language_switch_takes_along_what_was_typed(people):
    jones = text_with(people, "Jones")
    client = people.client("eira")
    typed = {f"state-{jones.key}": "released", f"words-{jones.key}": "Rhywun."}
    page = client.submit(client.get(THIS), typed, button=("switch_language", "cy"), form="reading")
    assert page.language == "cy"
    assert page.values(page.form("reading"))[f"words-{jones.key}"] == "Rhywun."
    assert released(people) == ()


def test_texts_come_twenty_a_page(site):
    answered(site, [f"No {number}." for number in range(23)])
    client = site.client("eira")
    first, second = client.get(THIS), client.get(f"{THIS}&page=2")
    assert "Page 1 of 2" in first.text
    shown = [len([field for field in page.all("input") if field.get("name") == "text"]) for page in (first, second)]
    assert shown == [20, 3]
    beyond = client.get(f"{THIS}&page=9")
    assert "Page 2 of 2" in beyond.text


def test_nothing_is_read_while_people_answer(site):
    opened(site.kept.root, definition(), cluster_list(1, 1))
    page = site.client("eira").get(PAGE, status=409)
    assert "until the round closes" in page.text


def test_a_question_that_is_not_asked_is_not_found(people):
    client = people.client("eira")
    client.get(f"{PAGE}?asked=role.profession", status=404)
    client.get(f"/en/manage/rounds/{ROUND}/themes/role.profession", status=404)


def test_texts_of_clusters_are_put_under_themes_and_found_by_board_and_theme(site):
    site.submitted()
    texts = written_texts(site.kept, site.snapshot)
    asked, text = texts[0].asked, texts[0]
    keep_themes(site.kept, REFLECTIONS, asked, version_of(()), (PAY, TIME), site.now)
    client = site.client("eira")
    address = f"/en/manage/rounds/{REFLECTIONS}/reading?asked={asked}"
    page = client.get(address)
    assert not [radio for radio in page.all("input") if radio.get("type") == "radio"]
    client.submit(page, {f"themes-{text.key}": ["t2", "t9", "x" * 5_000]}, form="reading")
    assert read_readings(site.kept, REFLECTIONS)[text.key].themes == frozenset({"t2"})
    for query, found in (
        ("theme=t2", True),
        ("theme=t1", False),
        ("theme=none", False),
        (f"board={text.board}", True),
        ("board=W99", False),
        (f"outcome={text.outcome}", True),
        (f"written_in={text.written_in}", True),
    ):
        assert ("=1+1" in client.get(f"{address}&{query}").text) == found, query


@pytest.mark.parametrize(("language", "order"), [("cy", ["Crai", "Chwilog"]), ("en", ["Chwilog", "Crai"])])
def test_texts_of_clusters_stand_in_the_order_of_their_names_in_the_readers_alphabet(
    site, monkeypatch, language, order
):
    named = {board.code: "B" for board in site.snapshot.clusters.health_boards} | {
        "arfon": "Chwilog",
        "conwy-west": "Crai",
    }
    monkeypatch.setattr(reading_pages, "place_names", lambda _: named)
    for cluster in ("arfon", "conwy-west"):
        site.submitted(cluster)
    page = site.client("eira", language).get(f"/{language}/manage/rounds/{REFLECTIONS}/reading")
    names = [text_of(heading).partition(",")[0] for heading in page.all("h2")]
    assert [name for name in names if name in order] == order


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_list_of_themes_is_kept_in_both_languages(people, language):
    client = people.client("eira", language)
    address = f"/{language}/manage/rounds/{ROUND}/themes/{ASKED}"
    page = client.submit(client.get(address), {"cy": ["Cyflog", "Amser", ""], "en": ["Pay", "Time", ""]}, form="themes")
    kept = (Theme("t1", "Cyflog", "Pay"), Theme("t2", "Amser", "Time"))
    assert read_themes(people.kept, ROUND) == {ASKED: kept}
    page = client.submit(page, {"cy": ["", "Oriau", "", "", ""], "en": ["", "Hours", "", "", ""]}, form="themes")
    assert read_themes(people.kept, ROUND) == {ASKED: (Theme("t2", "Oriau", "Hours"),)}


def test_a_theme_in_one_language_is_refused_and_stays_typed(people):
    client = people.client("eira")
    page = client.get(f"/en/manage/rounds/{ROUND}/themes/{ASKED}")
    page = client.submit(page, {"cy": ["Cyflog", "", ""], "en": ["", "", ""]}, form="themes", status=422)
    assert page.errors == [("A theme needs a name in Welsh and in English. This one has only: Cyflog.", "#cy-1")]
    assert page.values(page.form("themes")).getlist("cy")[0] == "Cyflog"
    assert read_themes(people.kept, ROUND) == {}


def test_a_list_that_somebody_else_changed_is_shown_beside_ones_own(people):
    client = people.client("eira")
    page = client.get(f"/en/manage/rounds/{ROUND}/themes/{ASKED}")
    keep_themes(people.kept, ROUND, ASKED, version_of(()), (PAY,), people.now)
    page = client.submit(page, {"cy": ["Amser", "", ""], "en": ["Time", "", ""]}, form="themes", status=422)
    assert "Somebody else has changed the list" in page.text
    assert "Cyflog / Pay" in page.text
    assert page.values(page.form("themes")).getlist("en")[0] == "Time"


def test_the_way_to_it_is_shown_to_those_who_may(people):
    for name, may in (("eira", True), ("mair", False)):
        page = people.client(name).get(f"/en/manage/rounds/{ROUND}")
        assert (PAGE in page.links.values()) == may
    assert [text_of(link) for link in people.client("eira").get(f"/en/manage/rounds/{REFLECTIONS}").all("a")].count(
        "Put what clusters wrote under themes"
    ) == 1
