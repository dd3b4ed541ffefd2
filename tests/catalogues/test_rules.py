"""Each rule of the gate finds the mistake it is for, in texts as translators really write them."""

import polib
import pytest

from survey.catalogues.rules import BREAKING, PAIR_RULES, faults
from survey.catalogues.wording import WORDING


def found(english: str, welsh: str, comment: str = "", *, formatted: bool = True) -> dict[str, str]:
    entry = polib.POEntry(msgctxt="test", msgid=english, msgstr=welsh, comment=comment)
    return {rule: detail for rule, detail, _ in faults(entry, formatted=formatted)}


def found_in_forms(forms: dict[int, str]) -> set[tuple[str, int | None]]:
    entry = polib.POEntry(msgctxt="test", msgid="%(n)s answer", msgid_plural="%(n)s answers", msgstr_plural=forms)
    return {(rule, form) for rule, _, form in faults(entry, formatted=True)}


@pytest.mark.parametrize(
    ("english", "welsh", "rule", "detail"),
    [
        ("Saved by %(name)s", "Cadwyd", "lost-placeholder", "%(name)s"),
        ("Level {n} of {total}", "Lefel {n}", "lost-placeholder", "{total}"),
        ("Saved by %(name)s", "Cadwyd gan %(enw)s", "unknown-placeholder", "%(enw)s"),
        ("Saved", "Cadwyd {n}", "unknown-placeholder", "{n}"),
        ("%(n)s answers", "%s ateb", "stray-percent", "%s"),
        ("%(n)s answers", "%(n) ateb", "stray-percent", "%(n)"),
        ("%(n)s%% done", "%(n)s% wedi’i wneud", "stray-percent", "%"),
        ("Level {n}", "Lefel {n", "stray-brace", "{n"),
        ("Read <b>this</b>", "Darllenwch hyn", "different-tags", "<b> </b>"),
        ("Read on", "Darllenwch <script>ymlaen</script>", "different-tags", "<script> </script>"),
        ("Read <b>this</b>", "Darllenwch <b>hwn</b", "half-tag", "</b"),
        ("Read <b>this</b>", "Darllenwch </b>hwn<b>", "half-tag", "</b>"),
        ("Name: ", "Enw:", "different-edges", ""),
        ("Name", "\nEnw", "different-edges", ""),
        ("Saved by %(name)s", "Cadwyd gan%(name)s", "lost-space", "n%(name)s"),
        ("%(n)s answers", "%(n)sateb", "lost-space", "%(n)sa"),
        ("Level {n}", "Lefel{n}", "lost-space", "l{n}"),
        ("Save and go on", "Cadw a  pharhau", "double-space", "a  pharhau"),
        ("Strengths and needs", "Cryfderau & anghenion", "ampersand", "Cryfderau & anghenion"),
        ("Strengths", "Cryfderau &amp; mwy", "ampersand", "Cryfderau &amp;"),
        ("Strengths", "Cryfderau &lol;", "ampersand", "Cryfderau &lol;"),
        ("Sing", "Ca\u0302n", "odd-character", "Ca\u0302n"),
        ("Sing", "C\u202eân", "odd-character", "U+202E"),
        ("What is it?", "Beth yw'r peth?", "straight-quote", "yw'r"),
        ("Called “this”", 'O’r enw "hwn"', "straight-quote", '"hwn"'),
        ("Save and continue", "Save and continue", "same-as-english", ""),
    ],
)
def test_a_mistake_is_found(english: str, welsh: str, rule: str, detail: str) -> None:
    assert found(english, welsh)[rule] == detail


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Saved by %(name)s", "Cadwyd gan %(name)s"),
        ("%(a)s of %(b)s", "%(b)s o blith %(a)s"),
        ("%(n)s%% done", "Gwnaed %(n)s%%"),
        ("Read <b>this</b> and <i>that</i>", "Darllenwch <i>hynny</i> a <b>hyn</b>"),
        ("Fewer than %(n)s", "Llai na %(n)s"),
        ("Name: ", "Enw: "),
        ("“It’s here”", "“Mae’n ’ma”"),
        ("%(a)s, %(b)s", "%(a)s, %(b)s"),
        ("2026", "2026"),
        ("Write to help@example.org", "Ysgrifennwch at help@example.org"),
        ("R&amp;D", "Y&amp;D"),
    ],
)
def test_good_welsh_passes(english: str, welsh: str) -> None:
    assert found(english, welsh) == {}


def test_a_percent_sign_in_a_text_that_is_never_formatted_is_no_mistake() -> None:
    assert found("50% of it", "50% o hynny", formatted=False) == {}


def test_a_text_may_not_be_longer_than_its_limit() -> None:
    comment = "Name of a sheet\nMaximum length: 5"
    assert found("Notes", "Nodiadau", comment) == {"too-long": "8 > 5"}
    assert found("Notes", "Nodau", comment) == {}


def test_what_is_missing_or_fuzzy_is_only_that() -> None:
    assert found("Name: ", "") == {"missing": ""}
    fuzzy = polib.POEntry(msgid="Name: ", msgstr="Enw", flags=["fuzzy"])
    assert [rule for rule, *_ in faults(fuzzy, formatted=True)] == ["fuzzy-mark"]
    fuzzy.previous_msgid = "Name:"
    assert [rule for rule, *_ in faults(fuzzy, formatted=True)] == ["fuzzy"], "the English has changed"


def test_all_six_plural_forms_are_needed() -> None:
    full = {0: "Dim atebion", 1: "Un ateb", 2: "%(n)s ateb", 3: "%(n)s ateb", 4: "%(n)s ateb", 5: "%(n)s ateb"}
    assert found_in_forms(full) == set()
    assert found_in_forms(full | {5: ""}) == {("empty-form", 5)}
    assert found_in_forms({form: full[form] for form in range(5)}) == {("empty-form", 5)}
    assert found_in_forms(full | {6: "%(n)s ateb"}) == {("extra-form", None)}


def test_only_the_form_for_all_other_numbers_has_to_show_the_number() -> None:
    forms = {0: "Dim ateb", 1: "Un ateb", 2: "Dau ateb", 3: "Tri ateb", 4: "Chwe ateb", 5: "Llawer o atebion"}
    assert found_in_forms(forms) == {("lost-placeholder", 5)}


def test_a_mistake_in_any_plural_form_is_found() -> None:
    forms = dict.fromkeys(range(6), "%(n)s ateb")
    for form in range(6):
        assert found_in_forms(forms | {form: "%s ateb"}) >= {("stray-percent", form)}


def test_every_rule_has_a_wording() -> None:
    assert {*PAIR_RULES, *BREAKING} <= WORDING.keys()
