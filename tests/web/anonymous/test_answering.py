"""From a link to the thanks, in every language; stopping, going on, and everything that can come between."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta

import pytest

from survey.collection.responses.anonymous import read_responses
from survey.collection.rounds.round import close_round
from survey.storage.repository import StorageFull
from tests.collection.anonymous_example import DEFINITION, NOW, ROUND
from tests.web.anonymous.conftest import CONTINUE, OTHER_TOKEN, TOKEN, Site
from tests.web.html import text_of

HOME = f"/en/survey/{TOKEN}/"
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_person_answers_and_submits(site: Site, language: str) -> None:
    client = site.client()
    page = client.get(f"/{language}/survey/{TOKEN}/")
    assert "Arfon" in page.text
    page = client.submit(page)
    assert page.path == f"/{language}/survey/{TOKEN}/section/role"
    page = client.submit(page, {"q-job": "lead", "q-why_lead": "Tŷ ŵyl", "q-ways": ["talk", "read"]}, button=CONTINUE)
    assert page.path.endswith("/section/skills")
    page = client.submit(
        page,
        {"q-skills-sew.importance": "much", "q-skills-sew.confidence": "not_applicable", "q-needs-1": "tea"},
        button=CONTINUE,
    )
    page = client.submit(page, {"q-comment": "Diolch ŵ"}, button=CONTINUE)
    assert page.path.endswith("/check")
    assert site.responses == []
    page = client.submit(page)
    assert page.path == f"/{language}/survey/{TOKEN}/thanks"
    [response] = read_responses(site.kept, site.snapshot)
    assert response.answers == {
        "role": {"job": "lead", "why_lead": "Tŷ ŵyl", "ways": ["talk", "read"]},
        "skills": {"skills": {"sew": {"importance": "much", "confidence": "not_applicable"}}, "needs": ["tea"]},
        "rest": {"comment": "Diolch ŵ"},
    }
    assert response.submitted_in == language
    assert site.drafts == []
    assert client.browser.get_cookie("draft", path=f"/{language}/survey/{TOKEN}") is None


def test_looking_at_the_start_page_keeps_nothing(site: Site) -> None:
    site.client().get(HOME)
    assert site.drafts == []


def test_a_page_left_open_before_is_not_mixed_into_the_answers_begun_afresh(site: Site) -> None:
    client, left_open = site.begun()
    client.submit(client.get(HOME), form="begin")
    page = client.submit(left_open, {"q-job": "lead", "q-why_lead": "A boat"}, button=CONTINUE, status=409)
    assert "A boat" in page.text
    assert site.draft() == {}


def test_a_double_click_makes_one_response(site: Site) -> None:
    client, page = site.answered()
    sent = page.values(page.form())
    client.browser.post(page.path, data=sent)
    again = client.post(page.path, sent)
    assert again.path.endswith("/thanks")
    assert len(site.responses) == 1


def test_a_retry_from_a_browser_that_never_heard_back_makes_one_response(site: Site) -> None:
    client, page = site.answered()
    [draft] = site.drafts
    sent = page.values(page.form())
    client.browser.post(page.path, data=sent)
    site.hold(client, draft)
    assert client.post(page.path, sent).path.endswith("/thanks")
    assert len(site.responses) == 1


def test_going_back_after_submitting_changes_nothing(site: Site) -> None:
    client, page = site.answered()
    section = client.get(f"{HOME}section/role")
    client.submit(page)
    page = client.submit(section, {"q-job": "lead"}, button=CONTINUE, status=409)
    assert "no longer have the answers" in page.text
    assert client.get(f"{HOME}section/role").path == HOME
    [response] = read_responses(site.kept, site.snapshot)
    assert response.answers["role"] == {"job": "nurse"}


def test_what_is_missing_is_named_before_and_at_submitting(site: Site) -> None:
    client, page = site.begun()
    for _ in range(3):
        page = client.submit(page, button=CONTINUE)
    assert page.path.endswith("/check")
    assert "1 answer is needed" in page.text
    page = client.submit(page, status=422)
    assert [link for _, link in page.errors] == [f"{HOME}section/role#q-job"]
    assert site.responses == []


def test_valid_answers_are_kept_when_others_are_not(site: Site) -> None:
    client, page = site.begun()
    page = client.submit(page, {"q-job": "nurse", "q-ways": ["talk", "none"]}, button=CONTINUE, status=422)
    assert [link for _, link in page.errors] == ["#q-ways"]
    assert site.draft()["role"] == {"job": "nurse"}


def test_the_language_can_be_changed_with_unsaved_answers(site: Site) -> None:
    client, page = site.begun()
    page = client.submit(page, {"q-job": "lead", "q-why_lead": "A boat"}, button=("switch_language", "cy"))
    assert page.path == f"/cy/survey/{TOKEN}/section/role"
    values = page.values(page.form("answers"))
    assert (values["q-job"], values["q-why_lead"]) == ("lead", "A boat")
    assert site.draft()["role"] == {"job": "lead", "why_lead": "A boat"}


def test_one_may_stop_and_go_on_elsewhere_with_a_code(site: Site) -> None:
    client, page = site.begun()
    page = client.submit(page, {"q-job": "nurse"}, button=("then", "later"))
    assert page.path == f"{HOME}later"
    assert not CODE.search(page.text)
    page = client.submit(page)
    found = CODE.search(page.text)
    assert found
    other = site.client()
    resumed = other.submit(other.get(f"{HOME}resume"), {"resume_code": found.group().lower()})
    assert resumed.path == f"{HOME}section/role"
    assert resumed.values(resumed.form("answers"))["q-job"] == "nurse"
    other.submit(other.get(f"{HOME}check"))
    assert len(site.responses) == 1
    assert client.get(f"{HOME}check").path == HOME


def test_once_the_code_is_shown_only_the_code_leads_to_the_answers(site: Site) -> None:
    client, page = site.begun()
    client.submit(page, {"q-job": "nurse"}, button=("then", "later"))
    client.submit(client.get(f"{HOME}later"))
    for language in ("en", "cy"):
        assert client.browser.get_cookie("draft", path=f"/{language}/survey/{TOKEN}") is None
        shown = client.get(f"/{language}/survey/{TOKEN}/check")
        assert shown.path == f"/{language}/survey/{TOKEN}/"
        assert "Nurse" not in shown.text
    assert site.draft() == {"role": {"job": "nurse"}}


def test_the_code_stays_when_the_language_changes(site: Site) -> None:
    client, _ = site.begun()
    page = client.submit(client.get(f"{HOME}later"))
    found = CODE.search(page.text)
    assert found
    welsh = client.submit(page, button=("switch_language", "cy"))
    assert welsh.path == f"/cy/survey/{TOKEN}/later"
    assert found.group() in welsh.text
    forged = welsh.values(welsh.form())
    forged["code"] = "AAAA-AAAA-AAAA"
    assert "AAAA" not in client.post(welsh.path, forged, status=410).text


@pytest.mark.parametrize("typed", ["", "K7QT-9WXM-3FBD", "x" * 500, "../../x", "ŵŷ"])
def test_a_wrong_code_leads_nowhere(site: Site, typed: str) -> None:
    client, _ = site.begun()
    client.submit(client.get(f"{HOME}later"))
    page = client.submit(client.get(f"{HOME}resume"), {"resume_code": typed}, status=422)
    assert page.errors[0][1] == "#resume_code"
    assert page.values(page.form())["resume_code"] == typed


def test_a_code_of_another_cluster_leads_nowhere(site: Site) -> None:
    client, _ = site.begun()
    found = CODE.search(client.submit(client.get(f"{HOME}later")).text)
    assert found
    page = client.get(f"/en/survey/{OTHER_TOKEN}/resume")
    client.submit(page, {"resume_code": found.group()}, status=422)


def test_the_draft_of_another_link_is_nobodys(site: Site) -> None:
    client, page = site.begun(token=OTHER_TOKEN)
    stranger = site.client()
    site.hold(stranger, site.drafts[0])
    stranger.get(f"{HOME}check", status=410)
    page = client.submit(page, {"q-job": "nurse"}, button=CONTINUE)
    sent = page.values(page.form("answers"))
    stranger.post(f"{HOME}section/role", {**dict(sent), "csrf_token": _token(stranger)}, status=409)
    assert site.draft() == {"role": {"job": "nurse"}}


def test_answers_go_after_fourteen_days_without_a_change(site: Site) -> None:
    client, page = site.begun()
    page = client.submit(page, {"q-job": "nurse"}, button=CONTINUE)
    site.now = NOW + timedelta(days=15)
    site.hold(client, site.drafts[0])
    client.get(page.path, status=410)
    page = client.submit(page, {"q-needs-1": "tea"}, button=CONTINUE, status=409)
    assert "Tea" in page.text


def test_whoever_sends_anything_clears_what_is_over(site: Site) -> None:
    site.begun()
    site.now = NOW + timedelta(days=14)
    asks = site.client()
    asks.submit(asks.get(f"{HOME}resume"), {"resume_code": "wrong"}, status=422)
    assert len(site.drafts) == 1
    site.now = NOW + timedelta(days=15)
    asks.submit(asks.get(f"{HOME}resume"), {"resume_code": "wrong"}, status=422)
    assert site.drafts == []


def test_whoever_sends_anything_to_a_closed_round_clears_what_is_left_of_it(site: Site) -> None:
    client, page = site.begun()
    close_round(site.kept, ROUND, NOW)
    page = client.submit(page, {"q-job": "lead", "q-why_lead": "A boat"}, button=CONTINUE, status=409)
    assert "A boat" in page.text
    assert "takes no answers now" in page.text
    assert site.drafts == []


@pytest.mark.parametrize("token", ["nothing", "K7QT-9WXM-3FBC", "..%2f..%2fx", "%00", "ŵ", "x" * 300])
def test_a_made_up_link_gets_a_kind_page(site: Site, token: str) -> None:
    status = 400 if token == "%00" else 404
    page = site.client().get(f"/en/survey/{token}/", status=status)
    if status == 404 and "%2f" not in token:
        assert page.heading == "This link does not lead to a survey"


def test_a_link_of_another_round_has_its_own_answers(site: Site) -> None:
    client, _ = site.begun()
    assert client.get(f"/en/survey/{OTHER_TOKEN}/check").path == f"/en/survey/{OTHER_TOKEN}/"


def test_a_closed_round_says_so_and_keeps_nothing(site: Site) -> None:
    client, page = site.begun()
    close_round(site.kept, ROUND, NOW)
    assert "This survey is closed" in site.client().get(HOME).text
    assert client.get(f"{HOME}check").path == HOME
    assert client.get(f"{HOME}resume").path == HOME
    page = client.submit(page, {"q-job": "lead", "q-why_lead": "A boat"}, button=CONTINUE, status=409)
    assert "A boat" in page.text
    start = site.client()
    start.post(HOME, {"csrf_token": _token(start)})
    assert site.drafts == []


def test_a_round_closing_before_the_last_press_takes_nothing(site: Site) -> None:
    client, page = site.answered()
    close_round(site.kept, ROUND, NOW)
    page = client.submit(page, status=409)
    assert "takes no answers now" in page.text
    assert site.responses == []


def test_a_round_that_opens_later_says_when(make_site: Callable[..., Site]) -> None:
    page = make_site(opens=NOW + timedelta(days=3)).client().get(HOME)
    assert "You can answer from 4 October 2026" in page.text
    assert not page.all("form")


def test_a_form_posted_from_nowhere_is_refused(site: Site) -> None:
    nowhere = site.client()
    for path in ("", "section/role", "check", "later"):
        nowhere.post(f"{HOME}{path}", {"q-job": "nurse"}, status=400)
        nowhere.post(f"{HOME}{path}", {}, status=400, headers={"Origin": "https://elsewhere.example"})
    assert site.drafts == site.responses == []
    with_token = {"csrf_token": _token(nowhere), "q-job": "nurse", "on_page": "job"}
    nowhere.post(f"{HOME}section/role", with_token, status=409)
    nowhere.post(f"{HOME}check", with_token, status=409)
    assert site.drafts == site.responses == []


HOSTILE: list[tuple[str, dict[str, str | list[str]], str]] = [
    ("ranking the same twice", {"q-needs-1": "tea", "q-needs-2": "tea"}, "#q-needs-1"),
    ("ranking what is not there", {"q-needs-1": "gold"}, "#q-needs-1"),
    ("a score and not applicable", {"q-skills-sew.confidence": ["much", "not_applicable"]}, "#q-skills-sew-confidence"),
    ("a score of another column", {"q-skills-sew.importance": "not_applicable"}, "#q-skills-sew-importance"),
]


@pytest.mark.parametrize(("sent", "anchor"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_answers_that_cannot_be_are_named_and_not_kept(
    site: Site, sent: dict[str, str | list[str]], anchor: str
) -> None:
    client, page = site.begun()
    page = client.submit(page, {"q-job": "nurse"}, button=CONTINUE)
    fields = page.values(page.form("answers"))
    for name, values in {"q-skills-read.importance": "little", **sent}.items():
        fields.setlist(name, [values] if isinstance(values, str) else values)
    page = client.post(page.path, fields, status=422)
    assert [link for _, link in page.errors] == [anchor]
    kept = site.draft()["skills"]
    assert "needs" not in kept
    assert kept.get("skills", {"read": {"importance": "little"}}) == {"read": {"importance": "little"}}


def test_a_full_disk_loses_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client, page = site.begun()
    checked, last = site.answered()

    def full(*_: object) -> None:
        raise StorageFull("no space")

    repository = site.app.extensions["repository"]
    monkeypatch.setattr(repository, "update", full)
    monkeypatch.setattr(repository, "create", full)
    page = client.submit(page, {"q-job": "lead", "q-why_lead": "A boat"}, status=503)
    assert page.values(page.form("answers"))["q-why_lead"] == "A boat"
    last = checked.submit(last, status=503)
    assert "They are kept" in last.errors[0][0]
    monkeypatch.undo()
    client.submit(page)
    checked.submit(last)
    assert len(site.responses) == 1


def test_each_cell_of_a_matrix_is_a_set_of_radios_with_its_own_legend(site: Site) -> None:
    client, page = site.begun()
    page = client.submit(page, button=CONTINUE)
    legends = [text_of(legend) for legend in page.all("legend")]
    for row in ("Sewing", "Reading"):
        for column in ("Importance", "Confidence"):
            assert legends.count(f"{row}: {column}") == 1
    names = [control.get("name") for control in page.all("input") if control.get("type") == "radio"]
    assert names.count("q-skills-sew.importance") == 2
    assert names.count("q-skills-sew.confidence") == 3


def test_ranks_have_names(site: Site) -> None:
    client, page = site.begun()
    page = client.submit(page, button=CONTINUE)
    labels = [text_of(label) for label in page.all("label")]
    assert [label for label in labels if label.endswith("choice")] == ["First choice", "Second choice", "Third choice"]


def _token(client: object) -> str:
    page = client.get(HOME.replace(TOKEN, OTHER_TOKEN) + "resume")  # type: ignore[attr-defined]
    if not page.all("form"):
        page = client.get("/en/sign-in")  # type: ignore[attr-defined]
    return str(next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token"))


def test_an_answer_of_the_page_before_is_shown_from_the_draft_of_this_browser_alone(
    make_site: Callable[..., Site],
) -> None:
    definition = deepcopy(DEFINITION)
    definition["sections"][1]["questions"][0]["shows"] = ["role.job"]
    site = make_site(definition=definition)
    client, page = site.begun()
    page = client.submit(page, {"q-job": "lead"}, button=CONTINUE)
    assert "Answered on an earlier page: What is your job? Lead" in page.text
    other, start = site.begun()
    page = other.submit(start, {"q-job": ""}, button=CONTINUE)
    assert "Answered on an earlier page: What is your job? Not answered yet" in page.text
