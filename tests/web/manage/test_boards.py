"""A health board team has what is of its own clusters; a guessed address of anything else gives nothing away."""

import pytest

from survey.collection.people.permissions import ACTIONS
from survey.web.manage.permissions import ACTION_OF
from tests.collection.example import ROUND
from tests.web.html import text_of
from tests.web.manage.test_permissions import VALUES, rules

OTHERS = {"cluster_code": "bro-morgannwg", "board_code": "W11000030"}
STATUS = f"/en/manage/rounds/{ROUND}"


def addresses_of_another_board(site):
    """Every method and address that names a cluster or a board, with one of another board."""
    adapter = site.app.url_map.bind("localhost")
    for rule in rules(site.app):
        if rule.arguments & OTHERS.keys():
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                values = {name: (VALUES | OTHERS)[name] for name in rule.arguments}
                yield rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)


def test_no_address_of_another_boards_cluster_opens_anything(site):
    site.begun("bro-morgannwg")
    gwyn = site.client("gwyn")
    page = gwyn.get("/en/manage/")
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    tried, before = set(), len(site.log)
    for endpoint, method, address in addresses_of_another_board(site):
        answer = gwyn.browser.open(address, method=method, data={"csrf_token": token})
        assert answer.status_code == 403, (method, address)
        assert "Morgannwg" not in answer.get_data(as_text=True)
        tried.add(endpoint)
    of_boards = {page for page, action in ACTION_OF.items() if "health_board" in ACTIONS[action].roles}
    assert len(tried & of_boards) >= 6
    assert len(site.log) == before


def test_a_board_sees_its_own_clusters_and_outcomes_and_not_those_of_another(site):
    page = site.client("gwyn").get(STATUS)
    names = [text_of(item) for listed in page.by_class("nhsuk-list--bullet") for item in listed.iter("li")]
    assert len(names) == 1
    assert "Board north (en)" in page.text
    assert "Board south (en)" not in page.text
    assert "Morgannwg" not in page.text
    everything = site.client("eira").get(STATUS)
    names = [text_of(item) for listed in everything.by_class("nhsuk-list--bullet") for item in listed.iter("li")]
    assert len(names) == 3


@pytest.mark.parametrize("language", ["cy", "en-XA"])
def test_the_outcomes_are_named_in_the_language_of_the_page(site, language):
    assert site.client("gwyn", language).get(f"/{language}/manage/rounds/{ROUND}").by_class("nhsuk-list--bullet")
