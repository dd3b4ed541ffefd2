"""The gate looks at every catalogue whole: stale templates, files that are not there or cannot be used."""

import polib
import pytest

from survey.catalogues.extraction import MessageSource, template
from survey.catalogues.files import Places, canonical, replace_file
from survey.catalogues.gate import GateFinding, findings
from survey.catalogues.wording import WORDING
from survey.languages import language
from tests.catalogues.conftest import HEADER

SAVE = MessageSource("button", "Save", comment="On every page", reference="survey/a.py")
WELSH_SAVE = '#. On every page\n#: survey/a.py\nmsgctxt "button"\nmsgid "Save"\nmsgstr "Cadw"\n'


def made(*sources: MessageSource) -> polib.POFile:
    return template(sources or (SAVE,), formatted=True)


def check(
    places: Places, welsh: str = WELSH_SAVE, *sources: MessageSource, committed: polib.POFile | None = None
) -> list[GateFinding]:
    replace_file(places.template("interface"), canonical(committed or made(*sources)))
    replace_file(places.welsh("interface"), (HEADER + welsh).encode())
    return list(findings(places, {"interface": made(*sources)}))


def rules(found: list[GateFinding]) -> list[str]:
    return [finding.rule for finding in found]


def test_a_complete_catalogue_passes(places: Places) -> None:
    assert check(places) == []


def test_a_finding_says_file_line_context_and_both_texts(places: Places) -> None:
    (finding,) = check(places, WELSH_SAVE.replace("Cadw", "Cadw'r"))
    assert finding.file == "translations/cy/LC_MESSAGES/interface.po"
    lines = list(finding.lines(language("en")))
    assert lines[0].startswith("translations/cy/LC_MESSAGES/interface.po:11: Write ’ for an apostrophe")
    assert lines[1:] == ["    button (On every page)", "    English: “Save”", "    Welsh: “Cadw'r”"]
    assert finding.as_json(language("en"))["line"] == 11


def test_a_template_behind_the_code_is_stale_and_names_the_text(places: Places) -> None:
    now = (SAVE, MessageSource("button", "Cancel"))
    found = check(places, WELSH_SAVE, *now, committed=made())
    assert [(finding.rule, finding.english) for finding in found] == [("stale-new", "Cancel"), ("not-merged", "Cancel")]


def test_a_template_ahead_of_the_code_is_stale_too(places: Places) -> None:
    found = check(places, WELSH_SAVE, SAVE, committed=made(SAVE, MessageSource("button", "Cancel")))
    assert [(finding.rule, finding.english) for finding in found] == [("stale-gone", "Cancel")]


def test_a_template_with_another_comment_is_stale(places: Places) -> None:
    found = check(places, WELSH_SAVE, SAVE, committed=made(MessageSource("button", "Save", comment="Elsewhere")))
    assert rules(found) == ["stale"]


def test_a_text_that_nothing_uses_is_left_over(places: Places) -> None:
    assert rules(check(places, WELSH_SAVE + '\nmsgctxt "x"\nmsgid "Old"\nmsgstr "Hen"\n')) == ["left-over"]


def test_obsolete_texts_are_not_looked_at(places: Places) -> None:
    assert check(places, WELSH_SAVE + '\n#~ msgctxt "x"\n#~ msgid "Old %(n)s"\n#~ msgstr ""\n') == []


def test_a_catalogue_that_is_not_there_is_a_finding(places: Places) -> None:
    replace_file(places.template("interface"), canonical(made()))
    assert rules(list(findings(places, {"interface": made()}))) == ["no-file"]


def test_a_catalogue_that_cannot_be_used_is_a_finding_with_its_reason(places: Places) -> None:
    replace_file(places.template("interface"), canonical(made()))
    replace_file(places.welsh("interface"), b"\x00")
    (finding,) = findings(places, {"interface": made()})
    assert finding.rule == "bad-file"
    assert "UTF-8" in finding.explain(language("en"))


def test_the_list_of_texts_that_are_the_same_in_both(places: Places) -> None:
    same = WELSH_SAVE.replace("Cadw", "Save")
    assert rules(check(places, same)) == ["same-as-english"]
    replace_file(places.translations / "cy" / "same-as-english.txt", b"# allowed\nSave\n")
    assert check(places, same) == []


def test_another_word_than_the_glossary_has_is_a_warning_only(places: Places) -> None:
    replace_file(places.translations / "glossary.csv", b"en,cy,part,confidence\nsave,cadw,domain,high\n")
    (finding,) = check(places, WELSH_SAVE.replace("Cadw", "Arbed"))
    assert (finding.rule, finding.is_error, finding.detail) == ("glossary", False, "save = cadw")


def test_a_translator_cannot_lift_a_limit_by_editing_the_comment(places: Places) -> None:
    limited = MessageSource("button", "Save", comment="On every page", reference="survey/a.py", limit=3)
    assert rules(check(places, WELSH_SAVE, limited)) == ["too-long"]


@pytest.mark.parametrize("rule", sorted(WORDING))
def test_every_rule_is_explained(rule: str) -> None:
    finding = GateFinding(rule, "interface", "interface.po", 1, detail="50% of %(n)s", form=5)
    assert finding.explain(language("en"))
