"""What people do at random while they answer, and whether every word of theirs is still there in the end.

A word is typed once, at the end of what stands in a box, so no later word takes its place on purpose.
"""

import json
import re
import time
from dataclasses import dataclass, field
from random import Random

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.journeys.browser import QUICK_PAGES
from tests.journeys.cable import Cable
from tests.journeys.service import Server, Service

SECTIONS = ("about", "outcome/pcmw-01", "outcome/pcmw-01", "enablers", "enablers", "sign_off")
BOXES = "form#answers[data-draft] textarea:visible, form#answers[data-draft] input[type=text][name^=q-]:visible"
PLAIN = re.compile(r"q-(?!population|date|action_due)\w+")
PATIENCE = 60_000  # milliseconds
MOST_OFFERS = 20
MOST_TIME_TO_SAVE = 25.0  # seconds
WHILE_A_PAGE_CLOSES = 700  # milliseconds, a little more than that of saving.js at this pace
UNSENT = "section => Object.keys(localStorage).filter(key => key.includes(`/${section} `)).length"


@dataclass
class Person:
    """One browser, with a network of its own."""

    context: BrowserContext
    cable: Cable
    code: str
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.open_a_page()

    def open_a_page(self) -> None:
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())

    def close_the_page(self) -> None:
        """Leave the browser's own page of an error: one whose reload was cut off never comes to be closed."""
        if not self.page.url.startswith("chrome-error:"):
            self.page.close()

    def goto(self, section: str, language: str = "en") -> None:
        """To a section, past the sign-in where it asks for the code."""
        address = f"{self.cable.origin}/{language}/reflection/section/{section}"
        self.page.goto(address)
        if self.sign_in():
            self.page.goto(address)
            assert not self.page.locator("[name=access_code]").count(), "what the page before sent ended this sign-in"

    def sign_in(self, patience: int = PATIENCE) -> bool:
        """Give the code where the page asks for it; whether it does. Without a network nothing comes of it."""
        asked = self.page.locator("[name=access_code]")
        if not asked.count():
            return False
        asked.fill(self.code, timeout=patience)
        with self.page.expect_navigation(timeout=patience):
            self.page.locator("main form button").first.click()
        return True

    def keep_both(self) -> bool:
        """Choose both answers wherever two people differ; whether the page asks."""
        groups = self.page.locator("input[type=radio][name^=keep-]")
        names = set(groups.evaluate_all("all => all.map(one => one.name)"))
        for name in sorted(names):
            self.page.locator(f'[name="{name}"]').last.check()
        if names:
            with self.page.expect_navigation():
                self.page.locator("main form button").first.click()
        return bool(names)


class RandomRun:
    """One cluster, one or two people, some acts of theirs. `acts` tells them, `typed` are the words."""

    def __init__(self, browser: Browser, service: Service, server: Server, seed: int, *, script: bool = True) -> None:
        self.browser, self.service, self.server = browser, service, server
        self.random, self.seed, self.script = Random(seed), seed, script
        self.acts: list[str] = []
        self.typed: list[str] = []
        self.people: list[Person] = []
        self.sections: dict[str, None] = {}  # in the order in which something was typed there
        self.began = time.monotonic()

    def lost(self) -> list[str]:
        """Do it; the words that nobody finds again."""
        code = self.service.fresh_cluster()
        try:
            for _ in range(self.random.choice((1, 2))):
                self._arrive(code)
            section = self.random.choice(SECTIONS)
            for person in self.people:
                person.goto(section)
            for _ in range(self.random.randint(6, 12)):
                self._act(self.random.choice(self.people))
            self._end_well()
            kept = self._answers()
            return [word for word in self.typed if word not in kept and not self._is_shown(word)]
        finally:
            for person in self.people:
                person.context.close()
                person.cable.__exit__(None, None, None)
            self._server_up()

    def _arrive(self, code: str) -> None:
        context = self.browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="en-GB", java_script_enabled=self.script
        )
        context.set_default_timeout(PATIENCE)
        if self.script:
            context.add_init_script(QUICK_PAGES)
        self.people.append(Person(context, Cable(self.service.origin).__enter__(), code))

    def _act(self, person: Person) -> None:
        acts = {
            self.type: 10,
            self.wait: 3,
            self.press_continue: 2,
            self.switch_language: 2,
            self.let_sign_in_expire: 1,
            self.go_back: 2,
        }
        if self.script:
            acts |= {
                self.pull_or_put_back: 3,
                self.kill_or_start_service: 1,
                self.reload: 2,
                self.close: 1,
                self.sign_in: 1,
            }
        act = self.random.choices(list(acts), list(acts.values()))[0]
        number = self.people.index(person)
        start = time.monotonic() - self.began
        try:
            if not person.page.locator(BOXES).count() and self.random.random() < 0.7:
                act = self.find_the_way
            self.acts.append(f"{start:5.1f} {number} {act.__name__} {person.page.url[-40:]}")
            act(person)
        except Error as error:
            self.acts[-1] += f" ({str(error).splitlines()[0][:60]})"
        person.page.wait_for_timeout(self.random.choice((0, 0, 50, 200, 700)))

    def type(self, person: Person) -> None:
        person.page.wait_for_load_state("domcontentloaded", timeout=3000)  # nothing is kept before the scripts run
        boxes = [box for box in person.page.locator(BOXES).all() if PLAIN.fullmatch(box.get_attribute("name") or "")]
        if not boxes:
            return
        for box in self.random.choices(boxes[:4], k=self.random.randint(1, 3)):
            word = f"w{self.seed}n{len(self.typed)}e"
            box.press("Control+End", timeout=3000)
            box.press_sequentially(f" {word}", timeout=3000)
            if word in box.input_value(timeout=3000):
                self.typed.append(word)
                # Only now: a box may be found on one page, and typed into on the next.
                self.sections[person.page.url.split("/section/")[1].split("?")[0]] = None
                self.acts[-1] += f" {box.get_attribute('name')} {word}"
        if not self.script:  # a browser without scripts keeps nothing: a button follows
            self.random.choice((self.press_continue, self.switch_language))(person)

    def wait(self, person: Person) -> None:
        person.page.wait_for_timeout(self.random.randint(300, 1200))

    def pull_or_put_back(self, person: Person) -> None:
        if person.cable.is_in:
            person.cable.pull()
        else:
            person.cable.put_back()

    def kill_or_start_service(self, _person: Person) -> None:
        if self.server.is_up:
            self.server.kill()
        else:
            self._server_up()

    def reload(self, person: Person) -> None:
        person.page.reload(wait_until="commit", timeout=3000)

    def go_back(self, person: Person) -> None:
        person.page.go_back(wait_until="commit", timeout=3000)

    def press_continue(self, person: Person) -> None:
        which = self.random.choice(("continue", "continue", "list"))
        self._press(person, f'main button[name=then][value="{which}"]')

    def switch_language(self, person: Person) -> None:
        self._press(person, "[name=switch_language], header a[hreflang]")

    def _press(self, person: Person, button: str) -> None:
        pressed = person.page.locator(button).first
        if self.script:
            pressed.click(timeout=3000, no_wait_after=True)
            person.page.wait_for_timeout(self.random.choice((0, 100, 500)))
            return
        with person.page.expect_navigation():
            pressed.click()
        person.sign_in()  # without scripts, what was typed is in the page that asks for the code, and nowhere else
        person.keep_both()

    def let_sign_in_expire(self, person: Person) -> None:
        person.context.clear_cookies()

    def sign_in(self, person: Person) -> None:
        person.page.goto(f"{person.cable.origin}/en/sign-in", timeout=3000)
        person.sign_in(3000)

    def close(self, person: Person) -> None:
        person.close_the_page()
        person.open_a_page()
        person.page.goto(f"{person.cable.origin}/cy/reflection", timeout=3000)

    def find_the_way(self, person: Person) -> None:
        """From a page where nothing can be typed to one where it can."""
        if person.sign_in(3000) or person.keep_both():
            return
        section = self.random.choice(SECTIONS)
        address = f"{person.cable.origin}/en/reflection/section/{section}"
        person.page.goto(address, wait_until="commit", timeout=3000)

    def _server_up(self) -> None:
        if not self.server.is_up:
            self.server.start()

    def _end_well(self) -> None:
        """Everybody has a network, is signed in, and opens what was worked on until all of it is saved."""
        self._server_up()
        for person in self.people:
            person.cable.put_back()
            person.close_the_page()
            person.open_a_page()
        for person in self.people:
            if self.script:
                for section in self.sections:
                    self._save_all(person, section)
            else:
                self._go_on_with_all(person)

    def _go_on_with_all(self, person: Person) -> None:
        """Save what the list of sections says is not saved yet."""
        for _ in range(MOST_OFFERS):
            person.page.goto(f"{person.cable.origin}/en/reflection")
            if person.sign_in():
                person.page.goto(f"{person.cable.origin}/en/reflection")
            offered = person.page.locator("main a[href*=unfinished]").first
            if not offered.count():
                return
            offered.click()
            if not person.keep_both():
                self._press(person, 'main button[name=then][value="list"]')

    def _save_all(self, person: Person, section: str) -> None:
        end = time.monotonic() + MOST_TIME_TO_SAVE
        person.goto(section)
        while time.monotonic() < end:
            person.page.wait_for_timeout(WHILE_A_PAGE_CLOSES)
            for _ in range(10):
                if not person.page.evaluate(UNSENT, section):
                    return
                person.page.wait_for_timeout(100)
            with person.page.expect_navigation():
                person.page.locator('main button[name=then][value="list"]').click()
            person.keep_both()
            person.goto(section)

    def _answers(self) -> str:
        record = self.service.kept() or {"pages": {}}
        return json.dumps([page["answers"] for page in record["pages"].values()], ensure_ascii=False)

    def _is_shown(self, word: str) -> bool:
        return any(word in box.input_value() for person in self.people for box in person.page.locator(BOXES).all())
