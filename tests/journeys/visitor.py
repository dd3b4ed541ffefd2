"""A person at a browser, who looks at every page she comes to and lets nothing pass that no page may have."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Response

from tests.journeys.looking import Inspector

# What the service tells people and the script that saves: expired, of another cluster, not asked any more, conflict,
# over, too large, not all of it can be kept.
TOLD = (400, 403, 404, 409, 410, 413, 422, 503)
NO_NETWORK = "Failed to load resource: net::"
RESOURCE_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
PAGE = {"Accept": "text/html"}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Visitor:
    """`language` is that of the pages she begins with; `script`: whether her browser runs scripts.

    What the browser complains of is kept in `complaints`.
    """

    context: BrowserContext
    origin: str
    language: str
    inspector: Inspector
    script: bool = True
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("console", self._note_message)
        self.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.page = self.context.new_page()
        self.devtools = self.context.new_cdp_session(self.page)
        self._run_scripts(self.script)

    def _run_scripts(self, allowed: bool) -> None:
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def _note_message(self, message: ConsoleMessage) -> None:
        """What a browser refuses to ask others for, or is refused by the service, it says in its console."""
        refused, address = RESOURCE_REFUSED.match(message.text), message.location["url"]
        is_told = refused and int(refused[1]) in TOLD and not urlsplit(address).path.startswith("/static/")
        if message.type in ("error", "warning") and not is_told and not message.text.startswith(NO_NETWORK):
            self.complaints.append(f"{message.type}: {message.text} ({address})")

    @property
    def path(self) -> str:
        """Where she is, without origin and language."""
        return "/" + urlsplit(self.page.url).path.split("/", 2)[2]

    def open(self, path: str, status: int = 200) -> None:
        """Go to a page in her language, and look at it."""
        self.go(f"/{self.language}{path}", status)

    def go(self, address: str, status: int = 200) -> None:
        """Go to an address of the site, and look at the page."""
        response = self.page.goto(self.origin + address)
        assert response is not None
        self.look(response, status)

    def press(self, target: str | Locator, status: int = 200, key: str = "") -> None:
        """Press a link or button, or a key on it, that leads to a page; look at that."""
        locator = self.page.locator(target) if isinstance(target, str) else target
        with self.page.expect_navigation() as navigation:
            if key:
                locator.press(key)
            else:
                locator.click()
        self.look(navigation.value, status)

    def faults(self) -> list[str]:
        """A line for everything that is wrong with the page before her."""
        return self.inspector.faults(self.page)

    def look(self, response: Response, status: int = 200) -> None:
        """Fail if anything is wrong with the page."""
        assert response.status == status, f"{response.url} answered {response.status}, not {status}"
        self.language = urlsplit(self.page.url).path.split("/")[1]
        self._run_scripts(True)
        found = [*self.complaints, *self.faults()]
        self._run_scripts(self.script)
        assert not found, f"{self.page.url} ({self.page.viewport_size}):\n" + "\n".join(found)

    def control(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]')

    def fill(self, answers: dict[str, str]) -> None:
        """Type into boxes, by their names."""
        for name, text in answers.items():
            self.control(name).fill(text)

    def choose(self, name: str, *values: str) -> None:
        """Choose among radios or checkboxes of a name."""
        for value in values:
            self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def value(self, name: str) -> Any:
        """What stands in a box."""
        return self.control(name).input_value()

    def focused(self) -> str | None:
        """The id of the element that has the focus."""
        return self.page.evaluate("document.activeElement?.id")

    def come_in(self, code: str) -> None:
        """From the start page to the list of sections."""
        self.open("/")
        self.press('main a[href$="/sign-in"]')
        self.fill({"access_code": code})
        self.press("main form button")
        assert self.path == "/reflection"

    def sign_in(self, code: str) -> None:
        """Be signed in with a code, without the pages being drawn that lead there."""
        self.send("/sign-in", {"access_code": code})

    def send(self, path: str, fields: dict[str, str]) -> None:
        """Send the form of a page, which is not drawn for that; fail if it leads nowhere else."""
        address = f"{self.origin}/{self.language}{path}"
        token = TOKEN.search(self.context.request.get(address).text())
        assert token, f"{address} has no form"
        answer = self.context.request.post(
            address, form={"csrf_token": token[1], **fields}, headers=PAGE, max_redirects=0
        )
        assert answer.status == 303, f"{address} answered {answer.status}"

    def save(self, then: str = "continue", status: int = 200) -> None:
        """Save the page, and go where the button leads."""
        self.press(f'main button[name="then"][value="{then}"]', status)

    def switch_language(self, status: int = 200) -> None:
        """Press the switch in the header."""
        self.press('[name="switch_language"], header a[hreflang]', status)
