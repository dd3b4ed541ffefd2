"""Settings: everything that may be set, and a plain line for everything that cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.arbiter import Arbiter

from survey import create_app
from survey.config import ROOT, SettingsError, settings_from

READABLE = (
    "an address that PostgreSQL can read: in user and password %40 stands for @, %2F for / and %25 for %, and after ? "
    "only its own parameters"
)


def test_defaults() -> None:
    settings = settings_from({})
    assert settings["DATA"] == ROOT / "instance" / "data"
    assert settings["HTTPS"] is True
    assert settings["SECRET_KEY"] is None
    assert settings["MAX_CONTENT_LENGTH"] == 1_000_000


def test_a_demonstration_needs_no_https() -> None:
    assert settings_from({"DEMO": "true"})["HTTPS"] is False


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("DEMO", "1", True),
        ("DEMO", "No", False),
        ("TRUSTED_PROXIES", " 2 ", 2),
        ("DATA", "/srv/myfyrio", Path("/srv/myfyrio")),
        ("HOSTS", "a.example b.example:8000", ["a.example", "b.example:8000"]),
        ("CONTACT", "help@example.org", "help@example.org"),
        ("LOG_LEVEL", "warning", "WARNING"),
        ("DATABASE", "postgresql://a:p%25zz@host/b", "postgresql://a:p%25zz@host/b"),
        ("DATABASE", "", None),
        ("DATA", Path("elsewhere"), Path("elsewhere")),
    ],
)
def test_values_are_read(name: str, text: object, value: object) -> None:
    assert settings_from({name: text})[name] == value


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("DEMO", "perhaps", "true or false"),
        ("TRUSTED_PROXIES", "10", "a whole number from 0 to 9"),
        ("TRUSTED_PROXIES", "-1", "a whole number from 0 to 9"),
        ("TRUSTED_PROXIES", "٣", "a whole number from 0 to 9"),
        ("MAX_CONTENT_LENGTH", "1e9", "a whole number from 10000 to 100000000"),
        ("SECRET_KEY", "short", "at least 32 random characters"),
        ("DATA", "", "the path of a folder"),
        ("CONTACT", "nobody", "an e-mail address"),
        ("CONTACT", '"><script>@x.y', "an e-mail address"),
        ("HOSTS", "a;b", "host names with spaces between them"),
        ("LOG_LEVEL", "LOUD", "one of DEBUG, INFO, WARNING, ERROR"),
        ("DATABASE", "mysql://host/b", "the address of a PostgreSQL database, postgresql://…"),
        ("DATABASE", "postgresql://a:p%zz@host/b", READABLE),
        ("DATABASE", "postgresql://host/b?sslmod=require", READABLE),
    ],
)
def test_a_bad_value_is_named_with_what_is_expected_and_not_shown(name: str, text: str, expected: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings_from({name: text})
    assert error.value.faults == [f"SURVEY_{name}: this has to be {expected}"]


def test_all_faults_are_reported_at_once_and_unknown_names_too() -> None:
    with pytest.raises(SettingsError) as error:
        settings_from({"DEMO": "perhaps", "DAAT": "/srv", "SESSION_HOURS": "0"})
    assert [fault.split(":")[0] for fault in error.value.faults] == [
        "SURVEY_DAAT",
        "SURVEY_DEMO",
        "SURVEY_SESSION_HOURS",
    ]


def test_environment_is_read_and_what_is_given_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SURVEY_DEMO", "true")
    monkeypatch.setenv("SURVEY_SESSION_HOURS", "3")
    app = create_app({"TESTING": True, "DATA": tmp_path, "SESSION_HOURS": 4})
    assert app.config["DEMO"] is True
    assert app.config["SESSION_HOURS"] == 4
    assert app.config["DATA"] == tmp_path


@pytest.mark.parametrize(("run_by", "code"), [({}, Arbiter.WORKER_BOOT_ERROR), ({"FLASK_RUN_FROM_CLI": "true"}, 2)])
def test_server_and_commands_end_with_one_line_per_fault(run_by: dict[str, str], code: int) -> None:
    """The server for good: after any other code gunicorn begins another worker, and another."""
    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"SURVEY_DEMO": "perhaps", "SURVEY_COLOUR": "red", **run_by},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code
    assert [line.split(":")[0] for line in ended.stderr.splitlines()] == ["SURVEY_COLOUR", "SURVEY_DEMO"]


OIDC = {
    "OIDC_ISSUER": "https://login.example/t/v2.0",
    "OIDC_CLIENT_ID": "myfyrio",
    "OIDC_SECRET_FILE": "/etc/secret",
    "OIDC_GROUPS": "g-1=national g-2=health_board:powys",
}


def test_groups_are_roles_and_of_a_health_board_team_its_board() -> None:
    assert settings_from(OIDC)["OIDC_GROUPS"] == {"g-1": ("national", ""), "g-2": ("health_board", "powys")}


@pytest.mark.parametrize("missing", ["OIDC_CLIENT_ID", "OIDC_SECRET_FILE", "OIDC_GROUPS"])
def test_a_provider_needs_all_of_its_settings(missing: str) -> None:
    with pytest.raises(SettingsError, match=f"SURVEY_{missing}: this is needed"):
        settings_from({name: text for name, text in OIDC.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("OIDC_ISSUER", "http://login.example/v2.0"),
        ("OIDC_ISSUER", "login.example"),
        ("OIDC_GROUPS", "g-1=queen"),
        ("OIDC_GROUPS", "g-1=health_board"),
        ("OIDC_GROUPS", "national"),
    ],
)
def test_a_provider_without_https_and_a_group_without_a_role_are_faults(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"SURVEY_{name}"):
        settings_from({**OIDC, name: text})
