"""What any reader would see is wrong when English and Welsh are laid side by side, and what only seems so."""

import pytest

from tests.catalogues.test_rules import found


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
