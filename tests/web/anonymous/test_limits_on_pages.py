"""A limit that an answer on another page sets: told at once, kept all the same, and in the way of submission."""

from collections.abc import Callable
from copy import deepcopy

from tests.collection.anonymous_example import DEFINITION
from tests.web.anonymous.conftest import CONTINUE, Site

YEARS = {"id": "years", "type": "whole_number", "label": "How many years in all?"}
HERE = {"id": "here", "type": "whole_number", "label": "How many here?", "maximum": {"answer_of": "role.years"}}
LIMITED = deepcopy(DEFINITION)
LIMITED["sections"][0]["questions"].append(YEARS)
LIMITED["sections"][-1]["questions"].append(HERE)
SAID = "Enter a number that is 3 (your answer to an earlier question) or less: “How many here?”"


def test_what_is_beyond_the_limit_of_another_page_is_kept_told_and_not_submitted(
    make_site: Callable[..., Site],
) -> None:
    site = make_site(definition=LIMITED)
    client, page = site.begun()
    page = client.submit(page, {"q-job": "nurse", "q-years": "3"}, button=CONTINUE)
    page = client.submit(page, {"q-skills-sew.importance": "much"}, button=CONTINUE)
    page = client.submit(page, {"q-here": "4"}, button=CONTINUE, status=422)
    assert SAID in page.text
    assert site.draft()["rest"]["here"] == 4

    check = client.get(page.path.partition("section/")[0] + "check")
    assert SAID in check.text
    assert SAID in client.submit(check, status=422).text
    assert site.responses == []
    fixed = client.submit(client.get(page.path), {"q-here": "3"}, button=CONTINUE)
    assert client.submit(fixed).path.endswith("/thanks")
    assert len(site.responses) == 1
