"""A reason that the national team gives: asked for everywhere in the same way, and of no more than so much."""

from importlib import import_module
from pathlib import Path

import pytest
from wtforms.fields.core import UnboundField

import survey.web.manage
from survey.collection.rounds.round import close_round
from survey.web.manage.reason_field import MOST, ReasonField
from survey.web.site.forms import SiteForm
from tests.collection.example import NOW, ROUND

PAGE = f"/en/manage/rounds/{ROUND}"


@pytest.mark.parametrize(
    ("page", "until"),
    [
        ("times", "8 January 2027 at 17:00"),
        ("clusters/arfon/grace", "8 January 2027 at 17:00"),
        ("clusters/arfon/erase", ""),
        ("clusters/arfon/held", ""),
        ("clusters/arfon/reopen", ""),
    ],
)
def test_a_reason_that_is_too_long_is_refused_whole_and_one_as_long_as_may_be_is_taken(site, page, until):
    site.submitted()
    if until:
        close_round(site.kept, ROUND, NOW)
    client = site.client("eira")
    asked = client.get(f"{PAGE}/{page}")
    (form,) = [form for form in asked.all("form") if form.find(".//textarea") is not None]
    fields = asked.values(form)
    if until:
        fields["until"] = until
    before = list(site.log)
    fields["reason"] = "é" * (MOST + 1)
    too_long = client.post(asked.path, fields, status=422)
    assert "Shorten the reason to 1,000 characters or fewer." in too_long.text
    assert "é" * (MOST + 1) in too_long.text
    assert site.log == before
    fields["reason"] = "e\r\n" * (MOST // 2)
    answer = client.browser.post(asked.path, data=fields)
    assert answer.status_code < 400, answer.text
    assert len(site.log) == len(before) + 1


def test_a_reason_is_asked_for_by_the_same_field_everywhere():
    modules = [
        import_module(f"survey.web.manage.{path.stem}") for path in Path(survey.web.manage.__path__[0]).glob("*.py")
    ]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    asked = [kind.__dict__.get("reason") for kind in kinds if issubclass(kind, SiteForm)]
    fields = [field.field_class for field in asked if isinstance(field, UnboundField)]
    assert len(fields) >= 8
    assert set(fields) == {ReasonField}
