"""Each component of ours writes what the design system's own macro writes for the same input."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup
from wtforms import Form, StringField, TextAreaField

from survey.web.site import forms
from tests.web.html import fragment

TEXT = Markup("<p>Content</p>")

# name of the case: (our call, their component, their macro, their parameters)
CASES: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "button": (
        'button.button("Save", name="go", value="on", variant="secondary", once=true)',
        "button",
        "button",
        {"text": "Save", "name": "go", "value": "on", "variant": "secondary", "preventDoubleClick": True},
    ),
    "button that is a link": (
        'button.button("Start", href="/start", id="b")',
        "button",
        "button",
        {"text": "Start", "href": "/start", "id": "b"},
    ),
    "input": (
        'input.input("L", "n", id="i", value="v", hint="H", error="E", size="m", heading=true, width=5,'
        ' inputmode="numeric", autocomplete="off", spellcheck=false, prefix="£", suffix="kg")',
        "input",
        "input",
        {
            "label": {"text": "L", "size": "m", "isPageHeading": True},
            "name": "n",
            "id": "i",
            "value": "v",
            "hint": "H",
            "errorMessage": "E",
            "width": 5,
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": False,
            "prefix": "£",
            "suffix": "kg",
        },
    ),
    "input for a code": (
        'input.input("L", "n", code=true, attributes={"maxlength": 9})',
        "input",
        "input",
        {"label": "L", "name": "n", "id": "n", "code": True, "attributes": {"maxlength": "9"}},
    ),
    "textarea": (
        'textarea.textarea("L", "n", id="i", value="v\n<w>", hint="H", error="E", size="s", rows=8)',
        "textarea",
        "textarea",
        {
            "label": {"text": "L", "size": "s"},
            "name": "n",
            "id": "i",
            "value": "v\n<w>",
            "hint": "H",
            "errorMessage": "E",
            "rows": 8,
        },
    ),
    "character count": (
        'character_count.character_count("L", "n", 1200, value="v", hint="H", error="E", threshold=75)',
        "character-count",
        "characterCount",
        {
            "label": "L",
            "name": "n",
            "id": "n",
            "value": "v",
            "hint": "H",
            "errorMessage": "E",
            "maxlength": 1200,
            "threshold": 75,
            "textareaDescriptionText": "You can enter up to 1,200 characters",
            "charactersAtLimitText": "You have 0 characters left",
            "charactersUnderLimitText": {
                "one": "You have %{count} character left",
                "other": "You have %{count} characters left",
            },
            "charactersOverLimitText": {
                "one": "You have %{count} character too many",
                "other": "You have %{count} characters too many",
            },
        },
    ),
    "radios": (
        'radios.radios("L", "n", [{"value": "a", "text": "A", "hint": "AH"}, {"value": "b", "text": "B",'
        ' "reveals": content}, {"divider": "or"}, {"value": "c", "text": "C", "reveals": content}],'
        ' value="b", hint="H", error="E", size="m", heading=true)',
        "radios",
        "radios",
        {
            "idPrefix": "n",
            "name": "n",
            "value": "b",
            "hint": "H",
            "errorMessage": "E",
            "fieldset": {"legend": {"text": "L", "size": "m", "isPageHeading": True}},
            "items": [
                {"value": "a", "text": "A", "hint": "AH"},
                {"value": "b", "text": "B", "conditional": {"html": TEXT}},
                {"divider": "or"},
                {"value": "c", "text": "C", "conditional": {"html": TEXT}},
            ],
        },
    ),
    "radios in a line": (
        'radios.radios("L", "n", [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}], id="i",'
        " inline=true, small=true)",
        "radios",
        "radios",
        {
            "idPrefix": "i",
            "name": "n",
            "inline": True,
            "small": True,
            "fieldset": {"legend": "L"},
            "items": [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}],
        },
    ),
    "checkboxes": (
        'checkboxes.checkboxes("L", "n", [{"value": "a", "text": "A", "hint": "AH"}, {"value": "b",'
        ' "text": "B", "reveals": content}, {"divider": "or"}, {"value": "c", "text": "C",'
        ' "exclusive": true}], values=["a"], hint="H", error="E", size="m", small=true)',
        "checkboxes",
        "checkboxes",
        {
            "idPrefix": "n",
            "name": "n",
            "values": ["a"],
            "hint": "H",
            "errorMessage": "E",
            "small": True,
            "fieldset": {"legend": {"text": "L", "size": "m"}},
            "items": [
                {"value": "a", "text": "A", "hint": "AH"},
                {"value": "b", "text": "B", "conditional": {"html": TEXT}},
                {"divider": "or"},
                {"value": "c", "text": "C", "exclusive": True, "exclusiveGroup": "n"},
            ],
        },
    ),
    "date": (
        'date_input.date_input("L", "d", parts={"day": "3", "year": "2026"}, hint="H", error="E")',
        "date-input",
        "dateInput",
        {
            "id": "d",
            "hint": "H",
            "errorMessage": "E",
            "fieldset": {"legend": "L"},
            "items": [
                {"name": "d-day", "id": "d-day", "label": "Day", "width": 2, "value": "3"},
                {"name": "d-month", "id": "d-month", "label": "Month", "width": 2},
                {"name": "d-year", "id": "d-year", "label": "Year", "width": 4, "value": "2026"},
            ],
        },
    ),
    "date without error": (
        'date_input.date_input("L", "d")',
        "date-input",
        "dateInput",
        {
            "id": "d",
            "fieldset": {"legend": "L"},
            "items": [
                {"name": "d-day", "id": "d-day", "label": "Day", "width": 2},
                {"name": "d-month", "id": "d-month", "label": "Month", "width": 2},
                {"name": "d-year", "id": "d-year", "label": "Year", "width": 4},
            ],
        },
    ),
    "select": (
        'select.select("L", "n", [{"value": "", "text": "Choose"}, {"value": "b", "text": "B"}], value="b",'
        ' hint="H", error="E")',
        "select",
        "select",
        {
            "label": "L",
            "name": "n",
            "id": "n",
            "hint": "H",
            "errorMessage": "E",
            "value": "b",
            "items": [{"value": "", "text": "Choose"}, {"value": "b", "text": "B"}],
        },
    ),
    "fieldset": (
        '{% call fieldset.fieldset("L", size="l", heading=true, described_by="x") %}<p>Content</p>{% endcall %}',
        "fieldset",
        "fieldset",
        {"legend": {"text": "L", "size": "l", "isPageHeading": True}, "describedBy": "x", "html": TEXT},
    ),
    "error summary": (
        'error_summary.error_summary([{"text": "A", "href": "#a"}, {"text": "B"}], description="D")',
        "error-summary",
        "errorSummary",
        {
            "titleText": "There is a problem",
            "descriptionText": "D",
            "errorList": [{"text": "A", "href": "#a"}, {"text": "B"}],
        },
    ),
    "summary list": (
        'summary_list.summary_list([{"key": "K", "value": "V", "actions": [{"text": "Change", "hidden": "k",'
        ' "href": "/c"}]}, {"key": "L", "value": "W"}, {"key": "M", "value": "X", "actions":'
        ' [{"text": "A", "href": "/a"}, {"text": "B", "href": "/b"}]}])',
        "summary-list",
        "summaryList",
        {
            "rows": [
                {
                    "key": {"text": "K"},
                    "value": {"text": "V"},
                    "actions": {"items": [{"href": "/c", "text": "Change", "visuallyHiddenText": "k"}]},
                },
                {"key": {"text": "L"}, "value": {"text": "W"}},
                {
                    "key": {"text": "M"},
                    "value": {"text": "X"},
                    "actions": {"items": [{"href": "/a", "text": "A"}, {"href": "/b", "text": "B"}]},
                },
            ]
        },
    ),
    "task list": (
        'task_list.task_list([{"title": "A", "hint": "h", "href": "/a", "status": "Done"}, {"title": "B",'
        ' "href": "/b", "status": "Begun", "colour": "blue"}, {"title": "C", "status": "Later",'
        ' "waiting": true}])',
        "task-list",
        "taskList",
        {
            "idPrefix": "task",
            "items": [
                {"title": {"text": "A"}, "hint": {"text": "h"}, "href": "/a", "status": {"text": "Done"}},
                {
                    "title": {"text": "B"},
                    "href": "/b",
                    "status": {"tag": {"text": "Begun", "colour": "blue"}},
                },
                {
                    "title": {"text": "C"},
                    "status": {"text": "Later", "classes": "nhsuk-task-list__status--cannot-start-yet"},
                },
            ],
        },
    ),
    "table": (
        'table.table("Cap", [{"text": "A"}, {"text": "N", "numeric": true}], [["a", "1"], ["b", {"text": "2"}]])',
        "tables",
        "table",
        {
            "caption": "Cap",
            "captionSize": "m",
            "responsive": True,
            "firstCellIsHeader": True,
            "head": [{"text": "A"}, {"text": "N", "format": "numeric"}],
            "rows": [[{"text": "a"}, {"text": "1"}], [{"text": "b"}, {"text": "2"}]],
        },
    ),
    "tag": ('tag.tag("T", colour="green")', "tag", "tag", {"text": "T", "colour": "green"}),
    "inset text": (
        "{% call inset_text.inset_text() %}<p>Content</p>{% endcall %}",
        "inset-text",
        "insetText",
        {"html": TEXT},
    ),
    "details": (
        '{% call details.details("S", open=true) %}<p>Content</p>{% endcall %}',
        "details",
        "details",
        {"summaryText": "S", "html": TEXT, "open": True},
    ),
    "panel": (
        '{% call panel.panel("T") %}<p>Content</p>{% endcall %}',
        "panel",
        "panel",
        {"titleText": "T", "html": TEXT},
    ),
    "notification banner": (
        "{% call notification_banner.notification_banner() %}<p>Content</p>{% endcall %}",
        "notification-banner",
        "notificationBanner",
        {"html": TEXT, "titleId": "notification-banner-title"},
    ),
    "success banner": (
        '{% call notification_banner.notification_banner(success=true, id="x") %}<p>Content</p>{% endcall %}',
        "notification-banner",
        "notificationBanner",
        {"html": TEXT, "type": "success", "titleId": "x"},
    ),
    "warning callout": (
        '{% call warning_callout.warning_callout("Important: read this") %}<p>Content</p>{% endcall %}',
        "warning-callout",
        "warningCallout",
        {"heading": "Important: read this", "html": TEXT},
    ),
}

THEIRS = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True)


def theirs(component: str, macro: str, parameters: dict[str, Any]) -> str:
    template = THEIRS.from_string(
        f'{{% from "nhsuk/components/{component}/macro.jinja" import {macro} %}}{{{{ {macro}(parameters) }}}}'
    )
    return template.render(parameters=parameters)


def ours(call: str) -> str:
    file = call.removeprefix("{% call ").split(".")[0]
    written = call if call.startswith("{%") else f"{{{{ {call} }}}}"
    return render_template_string(f'{{% import "components/{file}.html" as {file} %}}{written}', content=TEXT)


@pytest.fixture
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        app.preprocess_request()
        yield


@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("in_english")
def test_component_is_the_design_systems(case: str) -> None:
    call, component, macro, parameters = CASES[case]
    assert fragment(ours(call)) == fragment(theirs(component, macro, parameters))


@pytest.mark.usefixtures("in_english")
def test_every_component_file_is_compared(app: Flask) -> None:
    compared = {call.removeprefix("{% call ").split(".")[0] for call, *_ in CASES.values()}
    folder = "components/"
    files = {
        name.removeprefix(folder).removesuffix(".html")
        for name in app.jinja_env.list_templates()
        if name.startswith(folder)
    }
    # field: parts of the others; form, filter_form: no component of theirs; the others are compared below.
    assert files - compared == {"field", "form", "filter_form", "pagination", "back_link", "file_upload"}


@pytest.mark.usefixtures("in_english")
def test_back_link_is_the_design_systems_in_a_landmark() -> None:
    written = fragment(ours('back_link.back_link("/a")'))
    assert written == [("nav", [("aria-label", "Back")], fragment(theirs("back-link", "backLink", {"href": "/a"})))]


@pytest.mark.usefixtures("in_english")
def test_pagination_is_the_design_systems() -> None:
    written = ours('pagination.pagination({"href": "/p", "text": "One"}, {"href": "/n", "text": "Two"})')
    parameters = {
        "landmarkLabel": "Pages",
        "previous": {"href": "/p", "text": "Previous page", "labelText": "One"},
        "next": {"href": "/n", "text": "Next page", "labelText": "Two"},
    }
    # The colon between two texts is no word: ours says so to the check of untranslated text.
    assert fragment(written.replace(' translate="no"', "")) == fragment(theirs("pagination", "pagination", parameters))


@pytest.mark.usefixtures("in_english")
def test_file_upload_is_the_design_systems_without_its_script() -> None:
    parameters = {
        "label": {"text": "L", "size": "m"},
        "name": "n",
        "id": "i",
        "hint": "H",
        "errorMessage": "E",
        "attributes": {"accept": ".xlsx"},
    }
    written = ours(
        'file_upload.file_upload("L", "n", id="i", hint="H", error="E", size="m", attributes={"accept": ".xlsx"})'
    )
    enhanced = theirs("file-upload", "fileUpload", parameters)
    assert fragment(written) == fragment(enhanced.replace(' data-module="nhsuk-file-upload"', ""))


class EveryWidget(Form):
    words = StringField("L", description="H", widget=forms.TextInput(), render_kw={"width": 5})
    prose = TextAreaField("L", widget=forms.TextArea())
    secret = StringField("L", widget=forms.PasswordInput())


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("words", 'input.input("L", "words", value="v", hint="H", error="E", width=5)'),
        ("prose", 'textarea.textarea("L", "prose", value="<b>")'),
        ("secret", 'input.input("L", "secret", type="password", spellcheck=false)'),
    ],
)
def test_widget_draws_its_component(name: str, call: str) -> None:
    form = EveryWidget(words="v", prose="<b>", secret="never shown")
    form["words"].errors = ["E"]
    assert fragment(form[name]()) == fragment(ours(call))
