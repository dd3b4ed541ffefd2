"""Pages are light: at most 80 KB over the wire for the first one, 15 KB for each later one."""

from tests.journeys.conftest import Arrive

FIRST, LATER = 80_000, 15_000


def test_pages_are_light(arrive: Arrive, code: str) -> None:
    person = arrive("cy")
    sizes: list[int] = []
    person.devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    person.devtools.send("Network.enable")
    person.devtools.send("Network.setBypassServiceWorker", {"bypass": True})  # what it fetches is not seen here

    def weight_of(path: str) -> int:
        sizes.clear()
        person.page.goto(f"{person.origin}/cy{path}")
        person.page.wait_for_load_state("networkidle")
        return int(sum(sizes))

    first = weight_of("/")
    assert 10_000 < first <= FIRST, "all parts of the page are counted, and they are light"
    person.sign_in(code)
    weight_of("/reflection/section/about")
    person.page.goto(f"{person.origin}/cy/reflection")
    sections = person.page.locator(".nhsuk-task-list a").evaluate_all("all => all.map(one => one.pathname.slice(3))")
    assert len(sections) >= 6
    others = ["/reflection", "/reflection/check", "/reflection/view", "/reflection/print"]
    weights = {path: weight_of(path) for path in [*sections, *others]}
    assert all(0 < weight <= LATER for weight in weights.values()), weights
