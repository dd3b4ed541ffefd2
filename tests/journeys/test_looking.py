"""The visitors do see what is wrong with a page: a page with one fault of each kind gives a line for each."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import OF_COLOURS, OF_ROOM, axe_faults
from tests.journeys.conftest import Arrive
from tests.journeys.looking import IS_CROWDED, LOOK_CLOSER, Inspector
from tests.journeys.shape import READ_SHAPE


def test_faults_of_a_page_are_seen(arrive: Arrive) -> None:
    person = arrive("en-XA", 320)
    person.open("/privacy")
    assert person.faults() == []
    person.page.evaluate("""() => {
      const add = (markup) => document.querySelector('main').insertAdjacentHTML('beforeend', markup)
      add('<p>Not a message</p>')
      add('<p class="wide" lang="cy">Llydan</p>')
      add('<p class="pale" lang="cy">Gwelw</p>')
      add('<button class="small" lang="cy">x</button>')
      add('<input name="unnamed">')
      const style = document.styleSheets[0]
      style.insertRule('.wide { width: 900px }', style.cssRules.length)
      style.insertRule('.pale { color: #eee; background: #fff }', style.cssRules.length)
      style.insertRule('.small { width: 12px; height: 12px; padding: 0; overflow: hidden }', style.cssRules.length)
    }""")
    found = "\n".join(person.faults())
    for words in (
        "untranslated: Not a message",
        "in a window of 320",
        "axe color-contrast",
        "axe label",
        "a target of 12 by 12",
        "<input name=unnamed> has no label",
    ):
        assert words in found


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('broken')", "broken"),
        (
            "document.body.setAttribute('style', 'color: red'), document.body.insertAdjacentHTML('beforeend', "
            "'<p style=\"color: red\">x</p>')",
            "Content Security Policy",
        ),
        ("fetch('http://127.0.0.1:9/').catch(() => {})", "connect-src"),
        ("fetch('/static/none.js')", "404 (NOT FOUND) (http://127.0.0.1"),
        ("document.body.append(Object.assign(new Image(), { src: '/static/none.svg' }))", "none.svg"),
        ("document.body.append(Object.assign(new Image(), { src: 'https://example.org/a.svg' }))", "img-src"),
        ("fetch('/en/privacy', { method: 'DELETE' })", "405"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
    ],
)
def test_what_the_browser_complains_of_is_kept(arrive: Arrive, script: str, complaint: str) -> None:
    person = arrive("en")
    person.open("/privacy")
    person.page.evaluate(f"() => {{ {script} }}")
    person.page.wait_for_timeout(200)
    assert complaint in "\n".join(person.complaints)
    person.complaints.clear()


PIECE = """<nav aria-label="Pages"><a href="/one">One</a></nav><nav aria-label="Parts"><a href="#part">Part</a></nav>
<label for="age">Age</label><input id="age" aria-describedby="hint"><p id="hint" lang="cy">Rhif</p>
<h2 id="part">Part</h2>"""


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (">Part</h2>", "></h2>"),
        ('for="age"', 'for="years"'),
        ("<label", "<label hidden"),
        ('aria-label="Parts"', 'aria-label="Pages"'),
        ('aria-label="Parts"', 'aria-label=""'),
        ('aria-label="Parts"', 'title="Parts"'),
        ('id="part"', 'id="age"'),
        ('href="#part"', 'href="#parts"'),
        ('href="/one"', ""),
        ('<input id="age"', '<input disabled id="age"'),
        ('lang="cy"', 'lang="Welsh"'),
        ("h2", "h4"),
    ],
)
def test_pages_of_one_shape_differ_in_words_alone(arrive: Arrive, written: str, instead: str) -> None:
    page = arrive("en").page
    page.set_content(PIECE)
    shape = page.evaluate(READ_SHAPE)
    page.set_content(PIECE.replace(">Part", ">Rhan").replace("Age", "Oed").replace("age", "oed").replace("/one", "/un"))
    assert page.evaluate(READ_SHAPE) == shape
    page.set_content(PIECE.replace(written, instead))
    assert page.evaluate(READ_SHAPE) != shape


FAULTS = """<style>p { color: #ddd } p a { color: #bbb; text-decoration: none } button { all: unset }</style><input>
<div style="height: 9px; line-height: 9px"><button>x</button><button>y</button></div>
<p>Words beside <a href="/">a link</a></p>"""


@pytest.mark.parametrize(
    ("of_shape", "without", "rules"),
    [
        (False, OF_COLOURS, {"target-size"}),
        (False, [], {"target-size", "color-contrast", "link-in-text-block"}),
        (False, OF_ROOM, {"color-contrast", "link-in-text-block"}),
        (True, OF_COLOURS, {"target-size", "label", "region"}),
        (True, [*OF_COLOURS, *OF_ROOM], {"label", "region"}),
    ],
)
def test_what_is_known_of_a_page_is_left_out_and_nothing_else(
    arrive: Arrive, of_shape: bool, without: list[str], rules: set[str]
) -> None:
    page = arrive("en").page
    page.set_content(FAULTS)
    found = {line.split()[1].strip(":") for line in axe_faults(page, of_shape=of_shape, without=without)}
    assert rules <= found
    assert not found & ({"color-contrast", "link-in-text-block", "target-size", "label", "region"} - rules)


@pytest.mark.parametrize(
    ("markup", "is_crowded"),
    [
        ("<button>Save</button> <button>Leave</button>", False),
        ("<p><a href='/'>One</a></p><p><a href='/'>Two</a></p>", False),
        ("<div style='line-height: 16px'><a href='/'>One</a><br><a href='/'>Two</a></div>", True),
        ("<div style='line-height: 16px'><span role='link' tabindex='0'>x</span><br><a href='/'>Two</a></div>", True),
        ("<button style='margin-right: -20px'>Save</button><button>Leave</button>", True),
        ("<div style='height: 50px; overflow: auto'><p style='height: 90px'>Words</p></div>", True),
        ("<div style='height: 50px; overflow: hidden'><p style='height: 90px'>Words</p></div>", False),
    ],
)
def test_axe_measures_where_targets_are_close_or_a_part_scrolls(arrive: Arrive, markup: str, is_crowded: bool) -> None:
    page = arrive("en").page
    page.set_content(f"<style>button {{ min-height: 44px; min-width: 44px }}</style>{markup}")
    assert page.evaluate(IS_CROWDED) is is_crowded


def test_the_mirror_shows_what_is_typed_and_ticked_and_nothing_that_it_cannot_show(
    arrive: Arrive, inspector: Inspector
) -> None:
    person = arrive("cy", 320)
    person.open("/sign-in")
    person.fill({"access_code": "WORDS"})

    def mirrored() -> Page | None:
        seen = person.page.evaluate(LOOK_CLOSER)
        return inspector.mirror.showing(person.page, person.page.content(), seen["live"], seen["sight"])

    mirror = mirrored()
    assert mirror
    assert mirror.locator("[name=access_code]").input_value() == "WORDS"
    assert mirror.title() == person.page.title()
    person.page.evaluate("document.styleSheets[0].insertRule('main { margin-left: 9px }')")
    assert mirrored() is None


def test_a_page_that_had_room_is_measured_once_its_targets_are_close(arrive: Arrive) -> None:
    """As longer words may bring them: the shape and the width are the same."""
    person = arrive("en-XA", 320)
    person.open("/privacy")
    person.page.evaluate("""() => {
      const piece = '<p class="close"><button lang="cy">Un</button></p>'.repeat(2)
      document.querySelector('main').insertAdjacentHTML('beforeend', piece)
      const { cssRules } = document.styleSheets[0]
      document.styleSheets[0].insertRule('.close { margin: 30px 0 0; height: 24px }', cssRules.length)
      document.styleSheets[0].insertRule('.close button { width: 24px; height: 24px; padding: 0 }', cssRules.length)
    }""")
    assert person.faults() == []
    person.page.evaluate("""() => {
      const { cssRules } = document.styleSheets[0]
      document.styleSheets[0].insertRule('.close { margin: -12px 0 0 }', cssRules.length)
      document.querySelector('.close button').firstChild.data = 'Dau'
    }""")
    assert "axe target-size" in "\n".join(person.faults())
