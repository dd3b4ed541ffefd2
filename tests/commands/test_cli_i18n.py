"""Commands speak Welsh or English: help in that of the machine, output in the one asked for."""

import errno

import click
import pytest
from click.testing import CliRunner

from survey.collection.errors import DomainError
from survey.commands import cli_i18n
from survey.languages import Language, Phrase, language

COUNT = Phrase("command usage", "Options")


things = cli_i18n.group("things", Phrase("command usage", "Commands"))


@things.command("show", about=Phrase("command usage", "Usage"))
@cli_i18n.option("--count", about=COUNT, type=int, required=True)
@cli_i18n.option("--share", about=COUNT, type=click.FloatRange(0, 1))
@cli_i18n.option("--file", about=COUNT, type=click.Path(exists=True, dir_okay=False))
def show(count: int, share: float | None, file: str | None, language: Language) -> str:
    if count < 0:
        raise cli_i18n.Refusal("below", "nought")
    return f"{language.code} {language.pgettext('command usage', 'Options')}"


@things.command("ask", about=Phrase("command usage", "Usage"))
def ask(language: Language) -> None:
    click.prompt("?")


@things.command("plain", about=Phrase("command usage", "Usage"))
def plain() -> None:
    raise DomainError("unknown_round", round="r-1")


@things.command("peek", about=Phrase("command usage", "Usage"))
def peek() -> None:
    raise PermissionError(errno.EACCES, "Permission denied", "/root/x.zip")


def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
    unset = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None}
    result = CliRunner().invoke(things, list(arguments), env=unset | environment, prog_name="things")
    return result.exit_code, result.stdout, result.stderr


WELSH = ("Defnydd: things", "Gorchmynion:", "Opsiynau:", "Dangos y testun hwn a stopio", "GORCHYMYN …")
ENGLISH = ("Usage: things", "Commands:", "Options:", "Show this text and stop", "COMMAND …")


@pytest.mark.parametrize(
    ("environment", "said", "not_said"),
    [({"LANG": "cy_GB.UTF-8"}, WELSH, ENGLISH), ({"LANG": "en_GB"}, ENGLISH, WELSH)],
)
def test_help_is_in_the_language_of_the_machine_alone(
    environment: dict[str, str], said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    _, text, _ = run("--help", **environment)
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []


def test_output_is_in_the_language_asked_for() -> None:
    assert run("show", "--count", "1", "--language", "cy")[1] == "cy Opsiynau\n"
    assert run("show", "--count", "1", "--language", "en")[1] == "en Options\n"


@pytest.mark.parametrize(
    ("environment", "code"),
    [({}, "en"), ({"LANG": "cy_GB.UTF-8"}, "cy"), ({"LANG": "cy_GB", "LC_ALL": "en_GB"}, "en"), ({"LANG": "C"}, "en")],
)
def test_without_it_the_language_of_the_machine_is_spoken(environment: dict[str, str], code: str) -> None:
    assert run("show", "--count", "1", **environment)[1].startswith(code)


@pytest.mark.parametrize(
    ("arguments", "welsh", "english"),
    [
        (["show"], "Rhaid rhoi --count", "--count has to be given"),
        (["show", "--count", "x"], "Rhaid i --count fod yn rhif cyfan", "--count has to be a whole number"),
        (["show", "--count", "0", "--share", "3"], "rhif rhwng 0 a 1", "a number from 0 to 1"),
        (["show", "--count"], "Mae angen gwerth ar ôl --count", "--count needs a value"),
        (["show", "--help=1"], "Nid yw --help yn derbyn gwerth", "--help takes no value"),
        (["show", "--count", "1", "2"], "Mae mwy o eiriau yma", "more words here"),
        (["show", "--count", "1", "--file", "/no/such"], "nid oes dim o’r enw /no/such", "nothing called /no/such"),
        (["show", "--count", "1", "--file", "/"], "Rhaid i --file fod yn ffeil", "--file has to be a file"),
        (["show", "--count", "1", "--colour"], "Nid oes opsiwn o’r enw --colour", "There is no option --colour"),
        (["show", "--count", "1", "--language", "de"], "fod yn un o’r rhain: cy, en", "one of: cy, en"),
        (["hide"], "Nid oes gorchymyn o’r enw hide", "There is no command hide"),
    ],
)
def test_wrong_usage_is_explained_in_the_language_of_the_machine(
    arguments: list[str], welsh: str, english: str
) -> None:
    for language_of_machine, said, not_said in (("cy_GB", welsh, english), ("en_GB", english, welsh)):
        code, output, errors = run(*arguments, LANG=language_of_machine)
        assert (code, output) == (2, "")
        assert (said in errors, not_said in errors) == (True, False)
        for words in ("Usage:", "Error:", "argument", "valid", "exist", "directory"):
            assert words not in errors


def test_a_group_without_a_command_shows_its_help_and_no_more() -> None:
    code, output, errors = run()
    assert (code, output) == (2, "")
    assert errors.startswith("Usage: things")
    assert "How to use it" not in errors


def test_whoever_stops_a_command_is_told_so_in_her_language() -> None:
    code, _, errors = run("ask", "--language", "cy")
    assert (code, errors.splitlines()[-1]) == (1, "Stopiwyd cyn y diwedd")


def test_a_refusal_is_plain_lines_on_stderr() -> None:
    assert run("show", "--count", "-1") == (1, "", "below\nnought\n")


def test_an_error_that_can_be_explained_is_a_refusal_in_the_language_of_the_machine() -> None:
    code, output, errors = run("plain", LANG="cy_GB.UTF-8")
    assert (code, output) == (1, "")
    assert errors == DomainError("unknown_round", round="r-1").say(language("cy")) + "\n"


def test_a_place_that_the_user_may_not_use_is_named() -> None:
    code, output, errors = run("peek", LANG="en_GB")
    assert (code, output) == (1, "")
    assert errors == "The user who runs this command may not use /root/x.zip. Choose another place, such as /tmp.\n"


def test_only_a_command_that_speaks_takes_a_language() -> None:
    assert "--language" in run("show", "--help")[1]
    assert "--language" not in run("plain", "--help")[1]
    assert run("plain", "--language", "cy")[0] == 2
