"""The pages of translators: how far the catalogues are, what is sought in one, and a text on a page of its own."""

import pytest

from survey.catalogues.files import message_id
from survey.languages import language, lead_with, refresh_if_changed
from survey.reporting.jobs import run
from tests.collection.translators import AGE, COUNT, NAME, SAVE, SIX, edit_file, message, project, say, update
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD

HOME = "/en/manage/translations/"
CATALOGUE = f"{HOME}interface"


@pytest.fixture
def places(site, tmp_path):
    made = project(tmp_path / "project")
    site.app.config["PLACES"] = made
    yield made
    lead_with(tmp_path / "nowhere")


def address(key, rest=""):
    return f"{CATALOGUE}/{message_id(*key)}{rest}"


def write(site, client, key, texts, **fields):
    """Write the Welsh of a message on its page."""
    page = client.get(address(key))
    boxes = {f"form-{number}": text for number, text in enumerate(texts)}
    return client.submit(page, {**boxes, **fields}, form="wording")


def test_a_translator_sees_how_far_each_catalogue_is_and_what_needs_somebody(site, places):
    client = site.client("sion")
    page = client.get(client.get("/en/manage/").links["Translations"])
    assert page.path == HOME
    assert "The service itself" in page.text
    assert "nothing to compare with" in page.text
    page = client.get(CATALOGUE + "?show=new")
    assert "There is no earlier edition" in page.text
    page = client.get(CATALOGUE + "?show=needs-you")
    assert "There is no earlier edition" not in page.text
    assert AGE[1] in page.text
    assert "1 text found" in page.text


def test_words_are_sought_in_both_languages_and_in_the_context(site, places):
    client = site.client("sion")
    for words, found in (
        ("cadw", "1 text found"),
        ("ATEB dim", "1 text found"),
        ("label", "1 text found"),
        ("x", "0 texts found"),
    ):
        assert found in client.get(f"{CATALOGUE}?words={words}").text
    assert "1 text found" in client.get(f"{CATALOGUE}?place=field").text


def test_what_is_written_is_seen_by_readers_at_once_and_the_page_says_so(site, places):
    page = write(site, site.client("sion"), AGE, ["Eich oed"])
    assert "Readers see this text now" in page.text
    refresh_if_changed()
    assert language("cy").pgettext(*AGE) == "Eich oed"
    assert ("sion", "translations_changed") in site.log


def test_an_error_keeps_a_text_from_readers_and_is_named(site, places):
    page = write(site, site.client("sion"), SAVE, ["Cadwch & mynd"])
    assert "Readers do not see it yet" in page.text
    assert "not as a sign" in page.text
    refresh_if_changed()
    assert language("cy").pgettext(*SAVE) != "Cadwch & mynd"
    assert message(site.kept, places, SAVE).wording.forms == ("Cadwch & mynd",)


def test_each_plural_form_has_a_box_of_its_own_with_a_number_for_example(site, places):
    client = site.client("sion")
    page = client.get(address(COUNT))
    for words in ("the number 0", "the number 3", "the number 6", "every other number, such as 10"):
        assert words in page.text
    write(site, client, COUNT, ["dim un ateb", *SIX[1:]])
    assert message(site.kept, places, COUNT).wording.forms[0] == "dim un ateb"


def test_welsh_that_is_none_or_too_long_is_refused_and_stays_in_the_box(site, places):
    client = site.client("sion")
    page = client.get(address(SAVE))
    for text, said in (("  ", "Write the Welsh"), ("a b " * 1000, "Shorten the Welsh"), ("a" * 200, "No word")):
        answer = client.submit(page, {"form-0": text}, form="wording", status=422)
        assert said in answer.text
    assert message(site.kept, places, SAVE).changed is None


def test_letters_come_whole_and_edges_are_those_of_the_english(site, places):
    write(site, site.client("sion"), AGE, ["  Dw\u0302r \r\n"])
    assert message(site.kept, places, AGE).wording.forms == ("Dŵr",)


def test_a_mark_of_review_is_put_on_a_sound_text_and_falls_with_the_next_change(site, places):
    client = site.client("sion")
    write(site, client, SAVE, ["Cadw"], marks="reviewed")
    assert message(site.kept, places, SAVE).wording.reviewed.startswith("sion, ")
    write(site, client, SAVE, ["Cadw"])
    assert message(site.kept, places, SAVE).state == "reviewed"
    write(site, client, SAVE, ["Cadwch"])
    assert message(site.kept, places, SAVE).state == "draft"
    write(site, client, SAVE, ["Cadwch &"], marks="reviewed")
    assert message(site.kept, places, SAVE).wording.reviewed == ""


def test_the_second_of_two_sees_the_text_of_the_first_and_chooses(site, places):
    client = site.client("sion")
    page = client.get(address(SAVE))
    say(site.kept, places, SAVE, "Storiwch", who="mair")
    answer = client.submit(page, {"form-0": "Cadwch"}, form="wording", status=409)
    assert "Storiwch" in answer.text
    assert "mair" in answer.text
    assert answer.values(answer.form("wording"))["form-0"] == "Cadwch"
    client.submit(answer, {"form-0": "Cadwch"}, form="wording")
    assert message(site.kept, places, SAVE).wording.forms == ("Cadwch",)


def test_after_a_text_the_next_one_that_needs_somebody_follows(site, places):
    client = site.client("sion")
    page = client.submit(client.get(address(SAVE)), {"form-0": "Cadw"}, form="wording", button=("then", "next"))
    assert page.path == address(AGE)
    page = client.submit(client.get(address(AGE)), {"form-0": "Eich oed"}, form="wording", button=("then", "next"))
    assert page.path == CATALOGUE


def test_what_stood_before_is_brought_back_and_twice_is_once(site, places):
    client = site.client("sion")
    write(site, client, SAVE, ["Cadwch"])
    write(site, client, SAVE, ["Storiwch"])
    page = client.get(address(SAVE))
    sent = {**page.values(page.form("before-1")), "before": "1"}
    for _ in range(2):
        client.post(address(SAVE, "/restore"), sent)
        assert message(site.kept, places, SAVE).wording.forms == ("Cadwch",)
    page = client.post(address(SAVE, "/restore"), {**sent, "before": "0"})
    assert "Somebody else changed this text meanwhile" in page.text
    assert message(site.kept, places, SAVE).wording.forms == ("Cadwch",)


@pytest.mark.parametrize("before", ["9" * 5_000, "2", "-1", "x", ""])
def test_what_never_stood_there_is_not_brought_back(site, places, before):
    client = site.client("sion")
    write(site, client, SAVE, ["Cadwch"])
    write(site, client, SAVE, ["Storiwch"])
    sent = {**client.get(address(SAVE)).values(client.get(address(SAVE)).form("before-1")), "before": before}
    client.post(address(SAVE, "/restore"), sent)
    assert message(site.kept, places, SAVE).wording.forms == ("Storiwch",)


def test_a_text_of_the_files_that_came_meanwhile_is_shown_and_can_be_taken(site, places):
    say(site.kept, places, SAVE, "Cadwch")
    edit_file(places, SAVE, "Arbed")
    client = site.client("sion")
    assert "Clash" in client.get(CATALOGUE + "?show=needs-you").text
    page = client.get(address(SAVE))
    assert "Arbed" in page.text
    assert client.submit(page, {}, form="before-kept").path == address(SAVE)
    assert message(site.kept, places, SAVE).wording.forms == ("Arbed",)


def test_many_are_marked_as_reviewed_at_once_without_those_that_have_an_error(site, places):
    say(site.kept, places, AGE, "Eich oed &", is_sound=False)
    client = site.client("sion")
    page = client.submit(client.get(CATALOGUE), form="review", button=("all", "yes"))
    assert "Marked as reviewed: 2." in page.text
    assert [message(site.kept, places, key).state for key in (SAVE, AGE, COUNT)] == ["reviewed", "draft", "reviewed"]


def test_all_that_was_found_is_not_marked_when_some_of_it_has_changed_since(site, places):
    client = site.client("sion")
    page = client.get(CATALOGUE)
    say(site.kept, places, SAVE, "Storiwch", who="mair")
    assert "Marked as reviewed: 0." in client.submit(page, form="review", button=("all", "yes")).text
    assert message(site.kept, places, SAVE).state == "draft"


def test_a_comment_reaches_an_author_who_says_that_it_was_seen_to(site, places):
    client = site.client("sion")
    page = client.get(client.get(address(AGE)).links["Write a comment"])
    client.submit(page, {"comment": " "}, form="comment-form", status=422)
    client.submit(page, {"comment": "Age of what?\u202e"}, form="comment-form")
    author = site.client("luned")
    page = author.get(author.get("/en/manage/").links["Comments of translators"])
    for said in (AGE[1], "Age of what?[U+202E]", "sion", AGE[0]):
        assert said in page.text
    assert CATALOGUE not in page.markup, "an author does not translate"
    form = f"comment-{message_id(*AGE)}-0"
    for other in ("9" * 5_000, "1", "x"):
        author.submit(page, {}, form=form, button=("settled", other))
        assert "Seen to by" not in client.get(address(AGE)).text
    for _ in range(2):
        done = author.submit(page, {}, form=form, button=("settled", "0"))
        assert done.path == f"{HOME}comments"
    assert "There is no comment that nobody has seen to" in done.text
    assert "Seen to by: luned" in client.get(address(AGE)).text
    assert "0 texts found" in client.get(CATALOGUE + "?show=commented").text


def test_a_comment_on_english_that_has_gone_is_still_there_for_its_author(site, places):
    client = site.client("sion")
    page = client.get(address(AGE, "/comment"))
    client.submit(page, {"comment": "Age of what?"}, form="comment-form")
    update(places, (*SAVE, ""))
    assert "this English is no longer used" in client.get(f"{HOME}comments").text


def test_glossary_and_what_was_translated_before_stand_beside_the_text(site, places):
    (places.translations / "glossary.csv").write_text("en,cy,part,confidence\nage,oed,domain,low\n", encoding="utf-8")
    page = site.client("sion").get(address(AGE))
    assert "age = oed (not sure)" in page.text


def test_what_is_not_there_is_not_found(site, places):
    client = site.client("sion")
    client.get(f"{HOME}nothing", status=404)
    client.get(f"{CATALOGUE}/0123456789abcdef", status=404)


def test_a_catalogue_that_cannot_be_read_is_named(site, places):
    places.welsh(NAME).write_bytes(b"x")
    page = site.client("sion").get(HOME, status=503)
    assert "interface.po" in page.text


def test_whoever_has_to_sign_in_first_goes_on_to_the_text_and_never_to_another_site(site, places):
    client = CheckingClient(site.app)
    page = client.get(address(SAVE))
    assert page.path == "/en/manage/sign-in"
    details = {"account_name": "sion", "password": PASSWORD}
    assert client.submit(page, details, form="sign-in").path == address(SAVE)
    for elsewhere in ("//example.org/", "manage/log", "https:example.org"):
        client = CheckingClient(site.app)
        page = client.get(f"/en/manage/sign-in?next={elsewhere}")
        assert client.submit(page, details, form="sign-in").path == "/en/manage/"


def test_the_sheets_of_a_workbook_stand_in_both_languages_each_text_a_way_to_its_entry(site):
    site.submitted()
    client = site.client("sion")
    page = client.get(client.get(HOME).links["Texts in their place"])
    page = client.get(next(address for words, address in page.links.items() if words.startswith("Sheets of")))
    client.submit(page, {}, form="headings")
    assert "It is being made" in client.get(page.path).text
    run(site.kept, site.jobs.pop(), site.now)
    shown = client.get(page.path)
    assert "Contents" in shown.text
    assert shown.links["Clawr"] == address(("sheet name", "Cover"))
    assert "Draft" in shown.text


def test_the_e_mails_of_a_round_stand_in_both_languages_each_line_a_way_to_its_entry(site):
    client = site.client("sion")
    page = client.get(f"{HOME}in-context")
    page = client.get(next(address for words, address in page.links.items() if words.startswith("E-mails of")))
    for kind in ("Invitation", "Reminder", "Link to sign in", "Question about an answer"):
        assert kind in page.text
    for said in ("Dear …,", "Annwyl …,", "Year: 2026-27"):
        assert said in page.text
    assert page.links["Blwyddyn: 2026-27"] == address(("e-mail", "Year: %(year)s"))
    assert "Not in a catalogue yet" not in page.text
    assert "Draft" in page.text
