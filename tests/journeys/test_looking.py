"""The visitors do see what is wrong with a page: a page with one fault of each kind gives a line for each."""

import pytest

from tests.journeys.conftest import Arrive


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
