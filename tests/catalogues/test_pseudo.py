"""The pseudo-language marks and lengthens every text, and leaves what is not prose alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.catalogues.compilation import CLOSE, OPEN, pseudo
from survey.catalogues.pairs import TAG, placeholders


@pytest.mark.parametrize(
    "text",
    [
        "Saved by %(name)s on %(date)s",
        "Level {n}",
        'Read <b class="x">this</b>',
        "50%% of it",
        "R&amp;D",
        "a@example.org",
    ],
)
def test_placeholders_tags_and_entities_stay(text: str) -> None:
    made = pseudo(text)
    assert placeholders(made) == placeholders(text)
    assert TAG.findall(made) == TAG.findall(text)
    assert made.count("%%") == text.count("%%")
    assert made.count("&amp;") == text.count("&amp;")


def test_letters_are_dressed_and_the_text_is_bracketed() -> None:
    made = pseudo("Save and continue")
    assert made.startswith(OPEN + "Šâvé âňď ĉôňţîňûé".replace("ĉ", made[made.index("ď") + 2]))
    assert made.endswith(CLOSE)


def test_spaces_at_the_ends_stay_outside() -> None:
    assert pseudo(" a ").startswith(" " + OPEN)
    assert pseudo(" a ").endswith(CLOSE + " ")
    assert pseudo("  ") == "  "


@given(st.text("abc %{}<>&", max_size=80))
def test_a_text_grows_by_two_fifths(text: str) -> None:
    if text.strip():
        assert len(pseudo(text)) >= 1.4 * len(text)


def test_a_text_never_outgrows_its_limit() -> None:
    assert len(pseudo("A sheet of the workbook", 31)) <= 31
