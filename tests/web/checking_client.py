"""A test client that looks at every page it fetches, so that no test can miss what no page may have. What it found good
it does not look at again, as that takes most of the time of a page.

page = client.get("/cy/privacy")                     200 is expected, redirects are followed
page = client.get("/cy/nothing", status=404)
page = client.submit(page, {"code": "…"})            sends the page's form as a browser would
page.heading, page.errors, page.links, page.text
"""

import re
from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from lxml.etree import XPath
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.found_good import Found
from tests.web.html import text_of, tree
from tests.web.page_rules import RULES, is_control
from tests.web.telling import has_to_tell

Answers = Mapping[str, str | list[str]]
OF_CLASS = XPath("//*[contains(concat(' ', normalize-space(@class), ' '), $name)]")
WITH_ID = XPath("//*[@id=$identity]")
# New in every sending of a page. Rules ask only whether it is there.
TOKEN = re.compile(r'(<input[^>]*name="csrf_token"[^>]*value=")[^"]+')
OF_RULES = ("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options")
"""The headers that rules look at."""

found_good = Found()


class Page:
    """One fetched page. `root` is its tree; `path` is where redirects ended."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.path = response.request.path
        self.address = response.request.full_path
        self.language = self.path.split("/")[1]
        self.markup = response.get_data(as_text=True)

    def __repr__(self) -> str:
        return f"<Page {self.path} {self.status}>"

    @cached_property
    def root(self) -> Element:
        return tree(self.markup)

    @property
    def sight(self) -> str:
        """All that rules look at."""
        headers = (f"{name}: {self.headers.get(name)}" for name in OF_RULES)
        return "\n".join((str(self.status), self.address, *headers, TOKEN.sub(r"\1x", self.markup)))

    @property
    def title(self) -> str:
        return text_of(self.all("title")[0])

    @property
    def heading(self) -> str:
        return text_of(self.all("h1")[0])

    @property
    def text(self) -> str:
        """All words of the page’s main part."""
        return text_of(self.all("main")[0])

    @property
    def errors(self) -> list[tuple[str, str | None]]:
        """What the error summary lists: (words, where its link leads)."""
        items = [item for summary in self.by_class("nhsuk-error-summary__list") for item in summary.iter("li")]
        return [(text_of(item), next((a.get("href") for a in item.iter("a")), None)) for item in items]

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words."""
        return {text_of(link): link.get("href", "") for link in self.all("a")}

    def all(self, tag: str) -> list[Element]:
        return list(self.root.iter(tag))

    def by_class(self, name: str) -> list[Element]:
        elements: list[Element] = OF_CLASS(self.root, name=f" {name} ")
        return elements

    def by_id(self, identity: str) -> Element | None:
        return next(iter(WITH_ID(self.root, identity=identity)), None)

    def form(self, identity: str | None = None) -> Element:
        """Return a form of the main part, by its id or the only one that is shown without scripts."""
        forms = [form for main in self.all("main") for form in main.iter("form")]
        shown = [form for form in forms if form.get("hidden") is None]
        chosen = [form for form in forms if form.get("id") == identity] if identity else shown
        assert len(chosen) == 1, f"{self} has the forms {[form.get('id') for form in forms]}"
        return chosen[0]

    def values(self, form: Element) -> "MultiDict[str, str]":
        """Return what a browser would send of a form that nobody has touched, buttons apart."""
        sent: MultiDict[str, str] = MultiDict()
        for control in filter(is_control, form.iter()):
            kind = control.get("type", "")
            if kind in ("checkbox", "radio") and "checked" not in control.attrib:
                continue
            if control.tag == "select":
                options = list(control.iter("option"))
                chosen = next((option for option in options if "selected" in option.attrib), options[0])
                sent.add(control.get("name", ""), chosen.get("value", ""))
            elif control.tag == "textarea":
                sent.add(control.get("name", ""), _as_sent(control.text or ""))
            else:
                sent.add(control.get("name", ""), _as_sent(control.get("value", "")))
        return sent


def _as_sent(text: str) -> str:
    """A page holds line feeds; a browser sends them as a carriage return and a line feed."""
    return text.replace("\n", "\r\n")


class CheckingClient:
    """Fetches pages of one person, who keeps her cookies, and holds every one of them against `RULES`."""

    def __init__(self, app: Flask) -> None:
        self.browser = app.test_client()

    def get(self, path: str, status: int = 200, **request: Any) -> Page:
        """Fetch a page; redirects are followed. Fails unless the last answer has `status`."""
        return self._page(self.browser.get(path, follow_redirects=True, **request), status)

    def post(self, path: str, data: Any, status: int = 200, **request: Any) -> Page:
        """Send fields as they are, without a token unless they hold one."""
        answer = self.browser.post(path, data=data, **request)
        if answer.status_code == HTTPStatus.TEMPORARY_REDIRECT:
            # A browser sends the form again; werkzeug's would send it empty, having read it once.
            return self.post(answer.location, data, status, **request)
        if answer.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER):
            page = self.get(answer.location, status, **request)
            if has_to_tell(self.browser.application, answer.request.path, data):
                assert page.by_id("notice-1-title") is not None, f"{page} does not say what became of {path}"
            return page
        return self._page(answer, status)

    def submit(
        self,
        page: Page,
        answers: Answers | None = None,
        *,
        button: tuple[str, str] | None = None,
        form: str | None = None,
        status: int = 200,
    ) -> Page:
        """Fill in and send a form of a page, with a button that has a name and value or with Enter."""
        element = page.form(form)
        sent = page.values(element)
        names = {control.get("name") for control in filter(is_control, element.iter())}
        for name, value in (answers or {}).items():
            assert name in names, f"{page} has no field {name}; it has {sorted(map(str, names))}"
            sent.setlist(name, [value] if isinstance(value, str) else value)
        if button:
            sent.add(*button)
        return self.post(element.get("action", page.path), sent, status)

    def redirected(self, path: str) -> str:
        """Fetch an address that only leads elsewhere; return where."""
        response = self.browser.get(path)
        assert response.status_code in (302, 303), f"{path} answered {response.status_code}"
        target = urlsplit(response.location)
        assert not target.netloc, f"{path} leads to another site: {response.location}"
        return response.location

    def sign_in(self, path: str, fields: Mapping[str, str]) -> str:
        """Send what the form there would, without its page, and so without its token; return where that leads."""
        config = self.browser.application.config
        config["WTF_CSRF_ENABLED"] = False
        response = self.browser.post(path, data=fields)
        config["WTF_CSRF_ENABLED"] = True
        assert response.status_code == HTTPStatus.SEE_OTHER, response.get_data(as_text=True)
        return response.location

    def _page(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (
            f"{response.request.method} {response.request.path} answered {response.status_code}, not {status}"
        )
        assert response.mimetype == "text/html", f"{response.request.path} is {response.mimetype}"
        page = Page(response)
        sight = page.sight
        if not found_good.has(sight):
            for rule in RULES:
                faults = list(rule(page))
                assert not faults, f"{page}: {rule.__doc__}\n" + "\n".join(faults)
            found_good.note(sight)
        return page
