"""The visitors do see what is wrong with a page: a page with one fault of each kind gives a line for each."""

import pytest

from tests.journeys.axe import axe_faults
from tests.journeys.conftest import Arrive
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
    ("of_shape", "of_colours", "rules"),
    [
        (False, False, {"target-size"}),
        (False, True, {"target-size", "color-contrast", "link-in-text-block"}),
        (True, False, {"target-size", "label", "region"}),
    ],
)
def test_a_page_of_a_known_shape_is_still_measured_and_new_colours_looked_at(
    arrive: Arrive, of_shape: bool, of_colours: bool, rules: set[str]
) -> None:
    page = arrive("en").page
    page.set_content(FAULTS)
    found = {line.split()[1].strip(":") for line in axe_faults(page, of_shape=of_shape, of_colours=of_colours)}
    assert rules <= found
    assert not found & ({"color-contrast", "link-in-text-block", "target-size", "label", "region"} - rules)
