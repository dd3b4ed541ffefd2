"""The interface for other services keeps to its own description, whatever is asked of it."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import jsonschema
import pytest

from survey import create_app
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.people.feed_keys import make_feed_key, new_key, revoke_feed_key
from survey.collection.rounds.releases import releases_of
from survey.collection.rounds.round import Round, change_round, create_round
from survey.reporting.releases.indicator_fields import OBSERVATION_FIELDS, RELEASE_FIELDS, columns
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.feed.indicators import BURST
from survey.web.feed.interface import OPERATIONS
from survey.web.site.admission import Admission
from tests.collection.example import NOW
from tests.reporting.releases.test_indicators import NOTES, published_release
from tests.web.checking_client import CheckingClient

INDICATORS = "/api/indicators"
NAMED = {"code": "a", "cy": "â", "en": "a"}
OBSERVATION = {
    **{field.name: NAMED for field in OBSERVATION_FIELDS if field.kind == "named"},
    "count": 3,
    "base": 4,
    "share": 0.75,
    "mean": None,
    "missing": None,
}


class Interface:
    """The service, a consumer with a key, and the description that every answer is held against."""

    def __init__(self, data):
        self.now = NOW
        self.kept = FileRepository(data)
        self.key = new_key()
        settings = {"TESTING": True, "DATA": data, "HTTPS": False, "SECRET_KEY": "s" * 40, "NOW": lambda: self.now}
        self.app = create_app(settings)
        make_feed_key(self.kept, "portal", self.key, "eira", NOW)
        self.described = self.app.test_client().get("/en/api/openapi.json").get_json()

    def release(self, number=1):
        published_release(self.kept, json.dumps([OBSERVATION]).encode(), number, NOTES)

    def get(self, path=INDICATORS, key=None, **headers):
        """An answer that is as the description has it."""
        sent = {"Authorization": f"Bearer {self.key if key is None else key}", **headers}
        return self.as_described(self.app.test_client().get(path, headers=sent), path)

    def as_described(self, answer, path):
        """An answer held against what the description says of its status, or of every status that is not named."""
        responses = self.described["paths"][path]["get"]["responses"]
        said = responses.get(str(answer.status_code), responses["default"])
        for header in said.get("headers", {}):
            assert answer.headers.get(header), header
        if "content" not in said:
            assert answer.data == b""
            return answer
        shape = said["content"][answer.mimetype]["schema"]
        if answer.mimetype == "text/csv":
            assert next(csv.reader(StringIO(answer.text))) == shape["x-columns"]
        else:
            jsonschema.validate(answer.get_json(force=True), {**shape, "components": self.described["components"]})
        return answer

    @property
    def log(self):
        return [(entry["who"], entry["what"]) for entry in self.kept.entries(LOG, EVENTS)]


@pytest.fixture
def interface(data):
    made = Interface(data)
    create_round(made.kept, Round("sr-2026", "self-reflection", "2026", "2026-27", "clusters-2026"))
    return made


def test_before_any_release_it_is_empty_and_well_formed(interface):
    assert interface.get().get_json() == {"releases": []}
    assert interface.get(Accept="text/csv").text.count("\r\n") == 1


def test_what_is_released_is_given_out_as_json_or_csv_and_the_log_says_to_whom(interface):
    interface.release()
    (release,) = interface.get().get_json()["releases"]
    assert release["observations"] == [OBSERVATION]
    answer = interface.get(Accept="text/csv;q=0.9, application/xml")
    (row,) = csv.DictReader(StringIO(answer.text))
    assert (row["round"], row["indicator_cy"], row["share"], row["mean"]) == ("sr-2026", "â", "0.75", "")
    assert interface.log[-2:] == [("feed:portal", "indicators_taken")] * 2
    assert interface.key not in json.dumps(list(interface.kept.entries(LOG, EVENTS)))


@pytest.mark.parametrize(("demo", "rounds"), [(False, []), (True, ["sr-2026"])])
def test_what_is_made_up_is_given_out_in_a_demonstration_alone(interface, demo, rounds):
    change_round(interface.kept, "sr-2026", lambda current: replace(current, demonstration=True))
    interface.release()
    interface.app.config["DEMO"] = demo
    assert [one["round"] for one in interface.get().get_json()["releases"]] == rounds


@pytest.mark.parametrize("form", ["application/json", "text/csv"])
def test_whoever_has_it_already_is_told_so_until_the_next_release(interface, form):
    interface.release()
    first = interface.get(Accept=form)
    again = interface.get(Accept=form, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert interface.log.count(("feed:portal", "indicators_taken")) == 1
    interface.release(2)
    news = interface.get(Accept=form, **{"If-None-Match": first.headers["ETag"]})
    assert news.status_code == 200
    assert ("2" if form == "text/csv" else '"release":2') in news.text


@pytest.mark.parametrize("key", ["", "guessed", "myfyrio_" + "A" * 43, "é"])
def test_nothing_opens_it_but_a_key(interface, key):
    interface.release()
    answer = interface.get(key=key.encode().decode("latin-1"))
    assert answer.status_code == 401
    assert answer.get_json(force=True)["code"] == "key_needed"
    assert answer.get_json(force=True)["message"].keys() == {"cy", "en"}
    assert "releases" not in answer.text


def test_a_revoked_key_opens_nothing_and_a_new_one_does(interface):
    revoke_feed_key(interface.kept, "portal", NOW)
    assert interface.get().status_code == 401
    interface.key = new_key()
    make_feed_key(interface.kept, "portal", interface.key, "eira", NOW)
    assert interface.get().status_code == 200


def test_the_key_is_in_no_address(interface):
    answer = interface.app.test_client().get(f"{INDICATORS}?key={interface.key}&access_token={interface.key}")
    assert answer.status_code == 401


def test_a_form_that_there_is_not_is_refused(interface):
    assert interface.get(Accept="application/xml").status_code == 406
    assert interface.get(Accept="*/*").mimetype == "application/json"


def test_whoever_asks_too_often_waits_and_nobody_waits_for_another(interface):
    other = new_key()
    make_feed_key(interface.kept, "other", other, "eira", NOW)
    for _ in range(BURST):
        assert interface.get().status_code == 200
        assert interface.get(key="guessed").status_code == 401
    slowed = interface.get()
    assert slowed.status_code == interface.get(key="guessed").status_code == 429
    assert interface.get(key=other).status_code == 200
    interface.now += timedelta(seconds=int(slowed.headers["Retry-After"]))
    assert interface.get().status_code == 200


def test_an_address_without_a_key_is_counted_by_all_processes_together_and_kept_nowhere(interface, data):
    settings = {"TESTING": True, "DATA": data, "HTTPS": False, "SECRET_KEY": "s" * 40, "NOW": lambda: NOW}
    elsewhere = create_app(settings).test_client()
    for _ in range(BURST):
        assert elsewhere.get(INDICATORS).status_code == 401
    assert interface.get(key="guessed").status_code == 429
    (kept,) = (data / "feed_limits").iterdir()
    assert "127.0.0.1" not in kept.name + kept.read_text()
    assert interface.get().status_code == 200


def test_a_release_that_cannot_be_read_is_said_not_to_be_the_consumers_to_settle(interface):
    interface.release()
    for path in (interface.kept.root / "/".join((*releases_of("sr-2026"), "1"))).iterdir():
        path.write_bytes(b"[]")
    assert interface.get().status_code == 503


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", [INDICATORS, f"{INDICATORS}/schema.json"])
def test_another_method_is_refused_as_every_problem_is_with_those_that_there_are(interface, method, path):
    answer = getattr(interface.app.test_client(), method)(path, data={"csrf_token": "x"})
    assert interface.as_described(answer, path).get_json(force=True)["code"] == "not_allowed"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/nothing", f"{INDICATORS}/", "/api/indicators/schema.xml"])
def test_an_address_that_there_is_not_is_answered_as_every_problem_is(interface, path):
    answer = interface.app.test_client().get(path)
    said = interface.as_described(answer, INDICATORS).get_json(force=True)
    assert (said["status"], said["code"], set(said["message"])) == (404, "not_found", {"cy", "en"})


def test_a_fault_in_the_service_is_said_in_the_same_shape_and_tells_nothing_of_it(interface):
    def fails():
        raise RuntimeError("what is inside")

    interface.app.view_functions["feed.indicators"] = fails
    interface.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = interface.get()
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (500, "fault")
    assert "inside" not in answer.text


def test_a_service_without_room_says_so_in_the_same_shape_wherever_it_is_asked(interface):
    interface.app.extensions["admission"] = Admission(at_work=0, waiting=0)
    for path in (INDICATORS, "/api/nothing", "/en/api/openapi.json"):
        answer = interface.as_described(interface.app.test_client().get(path), INDICATORS)
        assert (answer.status_code, answer.get_json(force=True)["code"]) == (503, "busy")
        assert answer.headers["Retry-After"]


def test_an_error_of_the_description_is_no_page_either_and_that_of_a_page_stays_one(interface):
    client = interface.app.test_client()
    answer = client.post("/en/api/openapi.json")
    assert interface.as_described(answer, INDICATORS).get_json(force=True)["code"] == "not_allowed"
    assert client.get("/en/apiary").mimetype == "text/html"


def test_the_schema_is_open_to_anybody_and_has_labels_in_both_languages(interface):
    answer = interface.get(f"{INDICATORS}/schema.json", key="")
    said = answer.get_json(force=True)
    jsonschema.Draft202012Validator.check_schema(said)
    fields = {**said["$defs"]["Release"]["properties"], **said["$defs"]["Observation"]["properties"]}
    assert all(field["x-labels"].keys() == {"cy", "en"} for field in fields.values())
    again = interface.get(f"{INDICATORS}/schema.json", key="", **{"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_description_names_every_address_that_is_answered_and_no_other(interface):
    served = {rule.rule: rule.endpoint for rule in interface.app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert served == {one.path: f"feed.{one.name}" for one in OPERATIONS}
    assert interface.described["paths"].keys() == served.keys()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_page_for_people_has_every_answer_and_field(interface, language):
    page = CheckingClient(interface.app).get(f"/{language}/api/")
    codes = {"".join(code.itertext()) for code in page.all("code")}
    assert {column for field in (*RELEASE_FIELDS, *OBSERVATION_FIELDS) for column in columns([field])} <= codes
    for one in OPERATIONS:
        assert f"GET {one.path}" in codes
        named = [str(answer.status) for answer in one.answers if answer.status != "default"]
        assert all(status in page.text for status in named)
        assert {"cy": "Unrhyw un arall", "en": "Any other"}[language] in page.text
    described = interface.app.test_client().get(f"/{language}/api/openapi.json").get_json()
    assert described["info"]["title"] in page.text
