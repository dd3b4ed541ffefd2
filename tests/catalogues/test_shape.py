"""What any reader would see is wrong when English and Welsh are laid side by side, and what only seems so."""

import pytest

from survey.catalogues.circumflexes import added_circumflex
from survey.catalogues.counterparts import Counterparts
from survey.catalogues.finding import is_error
from survey.catalogues.pairs import Pair
from survey.catalogues.register import familiar_order
from tests.catalogues.test_rules import found


def pair(english: str, welsh: str) -> Pair:
    return Pair(english, welsh, frozenset(), frozenset())


@pytest.mark.parametrize(
    ("english", "welsh", "rule", "detail"),
    [
        ("Save your work.", "Cadwch eich gwaith", "different-end", ". → ∅"),
        ("Save", "Cadw.", "different-end", "∅ → ."),
        ("Which level?", "Pa lefel.", "different-end", "? → ."),
        ("Where is it? Look again.", "Ble mae’r d? Edrychwch eto?", "different-questions", "?"),
        ("A clear plan", "cynllun clir", "different-capital", "cynllun"),
        ("and a clear plan", "A chynllun clir", "different-capital", "A"),
        ("Save", "CADW", "all-capitals", "CADW"),
        ("Keep %(name)s here", "CADWCH %(name)s YMA", "all-capitals", "CADWCH YMA"),
        ("At most 30 answers", "Dim mwy na 20 ateb", "different-numbers", "30 20"),
        ("1,000 people", "100 o bobl", "different-numbers", "1000 100"),
        ("Within three months", "O fewn pedwar mis", "different-number-words", "pedwar"),
        ("Six questions or more", "Dau gwestiwn neu fwy", "different-number-words", "dau"),
        ("Opens on 3 February 2026", "Yn agor ar 3 Mawrth 2026", "different-dates", "Mawrth"),
        ("Called “this”", "O’r enw “hwn", "unpaired-marks", "“ ”"),
        ("One (of many)", "Un o lawer)", "unpaired-marks", "( )"),
        ("Saved by %(name)s", "Cadwyd gan %(name)s %(name)s", "repeated-placeholder", "%(name)s"),
        ("See https://gov.wales/a", "Gweler https://gov.uk/b", "different-links", "https://gov.uk/b"),
        ("Write to a@example.org", "Ysgrifennwch at b@example.org", "different-links", "b@example.org"),
        ("Go to the page", "Ewch i i’r dudalen y y cyfarfod", "repeated-word", "y y"),
        ("Yes, of course", "Ie , wrth gwrs", "odd-spacing", "Ie ,"),
        ("Saved. Go on", "Cadwyd.Ewch ymlaen", "odd-spacing", "Cadwyd.Ewch"),
        ("Saved. To go on", "Cadwyd.I fynd ymlaen", "odd-spacing", "d.I"),
        ("Name: %(name)s", "Enw:%(name)s", "odd-spacing", "Enw:"),
        ("%(name)s (%(n)s)", "%(name)s(%(n)s)", "odd-spacing", "ж(ж"),
        ("Fill in ( or skip )", "Llenwch(neu hepgorwch)", "odd-spacing", "Llenwch(neu"),
        ("Tell us about the whole of your plan for next year", "Dywedwch am eich", "too-short", "16 / 50"),
    ],
)
def test_a_difference_of_shape_is_found(english: str, welsh: str, rule: str, detail: str) -> None:
    assert found(english, welsh)[rule] == detail


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Meetings, training, etc.", "Cyfarfodydd, hyfforddiant ac ati"),
        ("%(n)s answers", "%(n)s ateb"),
        ("in Welsh only", "Cymraeg yn unig"),
        ("Welsh speakers", "siaradwyr Cymraeg"),
        ("“No” is an answer", "mae “Na” yn ateb"),
        ("Health in the UK", "Iechyd yn y DU"),
        ("Less than 1 year", "Llai na blwyddyn"),
        ("Two of them", "2 ohonynt"),
        ("Side by side, or each alone", "Y ddau ochr yn ochr, neu bob un ar ei ben ei hun"),
        ("Fourteen days", "Pedwar diwrnod ar ddeg"),
        ("99%% of 20", "99%% o 20"),
        ("Lists with a), b)", "Rhestrau gydag a), b)"),
        ("See https://www.gov.wales/a", "Gweler https://www.llyw.cymru/a"),
        ("See https://phw.nhs.wales", "Gweler https://icc.gig.cymru"),
        ("Sign in with GOV.UK", "Mewngofnodwch gyda GOV.UK"),
        ("Opens at 9:30", "Yn agor am 9:30"),
        ("The file a.csv", "Y ffeil a.csv"),
    ],
)
def test_what_differs_rightly_passes(english: str, welsh: str) -> None:
    assert found(english, welsh) == {}


@pytest.mark.parametrize(
    "welsh",
    [
        "Cаdw",
        "Caάw",
        "CadÃ¢",
        "Ca�w",
        "Cadw\u00a0hyn",
        "Cadw\thyn",
        "Cadw\nhyn",
        "Mae‘r",
        "Mae´r",
        "Maeʼr",
    ],
)
def test_characters_that_are_not_welsh_are_found(welsh: str) -> None:
    assert "odd-character" in found("Save it", welsh)


def test_a_character_of_the_english_is_right() -> None:
    assert found("5 × 3 → 15", "5 × 3 → 15 o’r rhain") == {}


ORDERS = {"dewiswch", "parhewch", "crëwch", "gwellwch"}


@pytest.mark.parametrize("welsh", ["Dewisa un", "Parha", "Crea un", "Agorwch hi a dewisa un"])
def test_nobody_tells_ti_to_do_anything(welsh: str) -> None:
    assert familiar_order(pair("Choose one", welsh), ORDERS.__contains__)


@pytest.mark.parametrize("welsh", ["Gwella gwasanaethau", "Dyma un", "Coda Cymru", "Dewiswch un"])
def test_words_in_a_that_tell_nobody_anything_pass(welsh: str) -> None:
    assert familiar_order(pair("Choose one", welsh), ORDERS.__contains__) is None


PLAIN = {"hyn", "tim", "tan", "ffon", "dim", "a"}


@pytest.mark.parametrize(
    ("english", "welsh", "twin"),
    [
        ("What was written", "Yr hŷn a ysgrifennwyd", "hŷn"),
        ("Nothing", "Dîm byd", "dîm"),
        ("Plans and people", "Cynlluniau â phobl", "â"),
        ("The plan of a team", "Cynllun ô dîm", "ô"),
        ("Do not write", "Peidiwch â cynnwys enwau", "â cynnwys"),
    ],
)
def test_an_added_circumflex_that_makes_another_word_is_advice(english: str, welsh: str, twin: str) -> None:
    assert added_circumflex(pair(english, welsh), PLAIN.__contains__) == twin
    assert not is_error("added-circumflex")


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Older than 14 days", "Yn hŷn na 14 diwrnod"),
        ("A whole team", "Dîm cyfan"),
        ("By phone", "Ar y ffôn"),
        ("Clusters that have plans", "Clystyrau â chynlluniau"),
        ("As many as possible", "Cymaint â phosibl"),
    ],
)
def test_a_circumflex_that_is_meant_passes(english: str, welsh: str) -> None:
    assert added_circumflex(pair(english, welsh), PLAIN.__contains__) is None


@pytest.mark.parametrize("welsh", ["Cadwch dy waith", "Beth wyt yn ei wneud", "Rhowch e i ti"])
def test_readers_are_not_addressed_as_ti(welsh: str) -> None:
    assert "familiar-form" in found("Keep your work", welsh)


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("clusters with a plan", "clystyrau sydd a chynllun"),
        ("Do not send it", "Peidiwch a’i anfon"),
        ("older than 14 days", "sy’n hyn na 14 diwrnod"),
        ("joint work with practices", "gwaith ar y cyd a phractisau"),
    ],
)
def test_a_lost_circumflex_that_makes_another_word_is_advice(english: str, welsh: str) -> None:
    assert "lost-circumflex" in found(english, welsh)


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("clusters with a plan", "clystyrau sydd â chynllun"),
        ("people with needs", "pobl sydd ag anghenion"),
        ("plans and care", "cynlluniau a chynlluniau gofal"),
        ("what cannot be read", "yr hyn na ellir ei ddarllen"),
    ],
)
def test_words_that_have_no_circumflex_pass(english: str, welsh: str) -> None:
    assert "lost-circumflex" not in found(english, welsh)


COUNTERPARTS = Counterparts(["# a comment", "cluster: clwstwr clystyrau", "choose: dewis"])


@pytest.mark.parametrize(
    ("english", "welsh", "words"),
    [
        ("Choose your cluster", "Cadwch eich gwaith", "choose, cluster"),
        ("Choose your clusters", "Dewiswch eich clystyrau", None),
        ("Choosing one cluster", "O blith y glwstwr", None),
        ("Save your work", "Anfonwch ef", None),
        ("It comes as cluster/csv", "Mae ar gael fel cluster/csv", None),
    ],
)
def test_a_text_with_no_word_of_its_english_may_be_the_welsh_of_another(
    english: str, welsh: str, words: str | None
) -> None:
    assert COUNTERPARTS.other_text(pair(english, welsh)) == words
    assert not is_error("other-text")
