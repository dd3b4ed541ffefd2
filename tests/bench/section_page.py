"""Rendering a section page, beside a plain Jinja template that gives the same HTML from ready-made values.

The page is the longest of this year's self-reflection, an outcome with fourteen criteria, with answers. Each
measurement is of whole requests to a Flask application; ours also finds out who is asking and reads what they
answered from the disk. Then what a first view of the site and every further page weigh, compressed.
"""

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask.testing import FlaskClient
from jinja2 import DictLoader

from survey import create_app
from survey.collection.people.access import issue_code
from survey.collection.responses.lifecycle import save_page
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot, write_snapshot
from survey.config import ROOT
from survey.languages import language
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.definition import Question
from survey.questionnaire.texts import messages
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.respond.fields import FieldContext
from survey.web.respond.question_blocks import explanations, for_script
from survey.web.site.forms import character_count_texts
from tests.bench.rows import Row
from tests.web.html import document

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
ROUND, CODE, OUTCOME = "bench", "K7QT-9WXM-3FBD", "pcmw-13"
ADDRESS = f"/en/reflection/section/outcome/{OUTCOME}"
REQUESTS, TIMES = 25, 20
AT_LEAST = 0.4
FIRST_VIEW, LATER_VIEW = 80.0, 15.0
LABELS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


def run() -> list[Row]:
    """Milliseconds a request, and kilobytes sent."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATA": Path(folder), "DEMO": True, "LOG_LEVEL": "ERROR", "NOW": lambda: NOW})
        snapshot = _open_round(app)
        ours = _signed_in(app)
        plain = _plain(app, snapshot, ours.get(ADDRESS).text).test_client()
        _check_same(ours.get(ADDRESS).text, plain.get("/").text)
        ours_ms, plain_ms = _times(lambda: ours.get(ADDRESS), lambda: plain.get("/"))
        return [
            Row("section page, a request", ours_ms, plain_ms, "ms", 1 / AT_LEAST),
            Row("first view of the site", _first_view(app), FIRST_VIEW, "KB", 1.0),
            Row("every further page (the longest)", _weight(ours, ADDRESS), LATER_VIEW, "KB", 1.0),
        ]


def _times(*requests: Callable[[], Any]) -> list[float]:
    """Milliseconds of processor time of each: the least of many, taken in turns, as the machine may be busy."""
    taken: list[list[float]] = [[] for _ in requests]
    for _ in range(TIMES):
        for request, times in zip(requests, taken, strict=True):
            start = time.process_time()
            for _ in range(REQUESTS):
                request()
            times.append((time.process_time() - start) / REQUESTS * 1000)
    return [min(times) for times in taken]


def _open_round(app: Flask) -> RoundSnapshot:
    repository: FileRepository = app.extensions["repository"]
    folder = ROOT / "questionnaires"
    definition = json.loads((folder / "self-reflection/2026.json").read_text())
    framework = json.loads((folder / f"frameworks/{definition['framework']}.json").read_text())
    clusters = json.loads((folder / "clusters/clusters-2026.json").read_text())
    found = [*messages(questionnaire_from(definition)), *messages(framework_from(framework))]
    texts = {message.context: message.text for message in found}
    assigned = {board["code"]: (OUTCOME,) for board in clusters["health_boards"]}
    create_round(repository, Round(ROUND, "self-reflection", "2026", "2026-27", clusters["id"]))
    # The Welsh is not drawn here, so the English stands in for it.
    digest = write_snapshot(
        repository, ROUND, RoundSources(definition, framework, clusters), assigned, {"en": texts, "cy": texts}
    )
    change_round(
        repository,
        ROUND,
        lambda new: replace(new, status="open", opens=NOW, assignments=assigned, snapshot_digest=digest),
    )
    cluster = clusters["clusters"][0]["code"]
    issue_code(repository, str(app.secret_key).encode(), ROUND, cluster, CODE, NOW)
    snapshot = load_snapshot(repository, ROUND)
    page = _page(snapshot)
    save_page(repository, snapshot, cluster, page, whole(_answers(page)), writer=Writer("en"), now=NOW, new_id="a" * 16)
    return snapshot


def _page(snapshot: RoundSnapshot) -> Page:
    page = snapshot.instrument(snapshot.clusters.clusters[0].code).page(f"outcome/{OUTCOME}")
    assert page is not None
    return page


def _answers(page: Page) -> dict[str, Any]:
    criteria = page.outcome.criteria if page.outcome else ()
    return {
        "criteria": {criterion.id: "in_place" for criterion in criteria[:9]},
        "level": "developing",
        "level_difference": "We are further on than the statements say. " * 5,
        "went_well": "A great deal, <most of all> the work with our partners & neighbours. " * 12,
        "action": "To meet every month.",
        "action_lead": "The cluster lead",
        "action_due": "2027-03-31",
    }


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    page = document(client.get("/en/sign-in").text)
    token = next(field.get("value") for field in page.iter("input") if field.get("name") == "csrf_token")
    client.post("/en/sign-in", data={"csrf_token": token, "access_code": CODE})
    return client


def _plain(app: Flask, snapshot: RoundSnapshot, ours: str) -> Flask:
    """An application with one page: what stands around the questions as literal text, the questions in loops."""
    head, rest = ours.split('<h2 class="app-part">', 1)
    foot = rest[rest.index('<div class="nhsuk-button-group">') :]
    source = Path(__file__).with_name("plain_section.html").read_text()
    plain = Flask(__name__)
    plain.jinja_env.trim_blocks = plain.jinja_env.lstrip_blocks = True
    plain.jinja_loader = DictLoader({"page.html": f"{head}{source}{foot}"})
    with app.test_request_context("/en/"):
        counting = list(character_count_texts().items())
        questions = list(_values(snapshot))

    @plain.get("/")
    def page() -> str:
        return render_template("page.html", questions=questions, counting=counting)

    return plain


def _values(snapshot: RoundSnapshot) -> Iterator[dict[str, Any]]:
    page, english = _page(snapshot), snapshot.texts["en"]
    answers = _answers(page)
    path = snapshot.instrument(snapshot.clusters.clusters[0].code).walk({page.key: answers})
    for question in page.section.questions:
        values: dict[str, Any] = {
            "kind": question.type,
            "id": f"q-{question.id}",
            "name": question.id,
            "heading": english(question.heading) if question.heading else "",
            "label": english(question.label) + (" (optional)" if answer_type(question).is_optional(question) else ""),
            "hint": english(question.hint) if question.hint else "",
            "value": answers.get(question.id, path.calculated[page.key].get(question.id, "")),
            "options": [{"code": option.code, "label": english(option.label)} for option in question.options],
            "most": question.max_length,
            "most_words": language("en").number(question.max_length or 0),
        }
        if question.show_when:
            rule = for_script(question.show_when, page, path)
            setting = FieldContext(english, language("en"), page.outcome, page.key)
            values["show_when"] = json.dumps(rule, separators=(",", ":"))
            values["when"] = explanations(question, page, path, setting)[0]
        yield values | _more_values(question, snapshot, page, values)


def _more_values(question: Question, snapshot: RoundSnapshot, page: Page, values: dict[str, Any]) -> dict[str, Any]:
    english = snapshot.texts["en"]
    if question.type == "calculated":
        return {"level_rule": _level_rule(page, snapshot)}
    if question.type == "date":
        year, month, day = values["value"].split("-")
        given = {"day": day, "month": month.lstrip("0"), "year": year}
        return {"parts": [(part, words, width, given[part]) for part, words, width in LABELS]}
    if question.type == "group":
        return {"add": english(question.add_label)}
    if question.type != "criteria" or snapshot.framework is None or page.outcome is None:
        return {}
    return {
        "levels": [
            {
                "name": english(level.name),
                "description": english(level.description),
                "criteria": [
                    {
                        "text": english(criterion.text),
                        "id": f"q-criteria-{criterion.id.replace('.', '-')}",
                        "name": f"q-criteria-{criterion.id}",
                        "state": values["value"].get(criterion.id),
                    }
                    for criterion in page.outcome.at_level(level.id)
                ],
            }
            for level in snapshot.framework.levels
        ]
    }


def _level_rule(page: Page, snapshot: RoundSnapshot) -> str:
    """What the field says to the script, worked out beforehand as everything here is."""
    framework, rule = snapshot.framework, snapshot.questionnaire.level_rule
    assert page.outcome is not None
    assert framework is not None
    assert rule is not None
    levels = [
        {"level": level.id, "criteria": [criterion.id for criterion in page.outcome.at_level(level.id)]}
        for level in framework.levels
    ]
    told = {"levels": levels, "met": sorted(rule.met), "left_out": sorted(rule.left_out), "below": rule.below}
    return json.dumps(told, separators=(",", ":"))


def _check_same(ours: str, plain: str) -> None:
    """Both pages have the same elements, attributes and words; only the spaces between them may differ."""
    one, other = (list(_parts(markup)) for markup in (ours, plain))
    for number, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        assert mine == theirs, f"element {number}: {mine} in ours, {theirs} in the plain template"
    assert len(one) == len(other)


def _parts(markup: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    for element in document(markup).iter():
        # A token is made anew for each page, and so is the name of what may be added.
        is_new = element.get("name") == "csrf_token" or element.get("value", "").endswith("/change")
        kept = sorted(item for item in element.items() if not is_new)
        yield str(element.tag), kept, " ".join((element.text or "").split())


def _first_view(app: Flask) -> float:
    """Kilobytes of the start page with everything it asks for."""
    client = app.test_client()
    page = document(client.get("/en/").text)
    needed = {link.get("href") for link in page.iter("link")} | {script.get("src") for script in page.iter("script")}
    return sum(_weight(client, address) for address in ["/en/", *sorted(filter(None, needed))])


def _weight(client: FlaskClient, address: str) -> float:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    return (len(answer.data) + len(str(answer.headers))) / 1000
