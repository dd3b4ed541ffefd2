"""The files that go onto a server say what is there, and let the service do no more than it has to."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from survey.commands import GROUPS, group_named
from survey.config import ROOT, settings_from
from survey.deployment.program import settings_in
from survey.storage.postgresql.connections import MOST_CONNECTIONS

DEPLOYMENT = ROOT / "docs" / "deployment"
UNITS = DEPLOYMENT / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
TIMERS = sorted(UNITS.glob("*.timer"))
OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
COMMANDS = {f"{name} {below}" for name in GROUPS for below in group_named(name).commands}  # type: ignore[attr-defined]
MOST_EXPOSED = 2.5


def analyzed(*arguments: str | Path) -> str:
    """What systemd-analyze says, which needs no systemd that runs."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.fail("systemd-analyze is needed (on Debian: apt-get install systemd)")
    ran = subprocess.run((analyze, *arguments), capture_output=True, text=True, check=True)
    return ran.stdout + ran.stderr


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_lets_the_service_do_little(unit: Path) -> None:
    said = analyzed("security", "--offline=true", unit)
    [exposed] = re.findall(r"Overall exposure level for \S+: ([0-9.]+)", said)
    assert float(exposed) <= MOST_EXPOSED


def test_systemd_understands_every_line_of_every_unit(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        # The programs are not on this machine; whether they are in a release is for the test below.
        text = re.sub(r"/srv/myfyrio/current/\S+", "/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name.replace("@.", "@verify.")).write_text(text, "utf-8")
    assert analyzed("verify", "--man=no", "--recursive-errors=no", *sorted(tmp_path.iterdir())) == ""


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_what_a_unit_starts_is_in_a_release(unit: Path) -> None:
    lines = re.findall(r"^ExecStart=/srv/myfyrio/current/(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    assert lines
    for line in lines:
        program, _, arguments = line.partition(" ")
        if program.startswith("docs/"):
            assert (ROOT / program).stat().st_mode & 0o100
            assert {arguments.replace("%i", name) for name in ("purge", "verify", "rehearse")} <= COMMANDS
        elif program == ".venv/bin/python":
            assert find_spec(arguments.split()[1])
        else:
            assert program == ".venv/bin/gunicorn"


def test_timers_close_send_purge_back_up_verify_and_rehearse_by_units_that_are_there() -> None:
    named = {timer.stem: re.findall(r"^Unit=(.*)$", timer.read_text("utf-8"), re.MULTILINE) for timer in TIMERS}
    assert set(named) == {f"myfyrio-{what}" for what in ("close", "post", "purge", "backup", "verify", "rehearse")}
    for [unit] in named.values():
        assert (UNITS / re.sub(r"@[a-z]+", "@", unit)).exists()


def test_a_container_is_not_root_and_runs_what_the_unit_runs() -> None:
    steps = re.findall(r"^([A-Z]+) (.*)$", (DEPLOYMENT / "Containerfile").read_text("utf-8"), re.MULTILINE)
    kinds = [kind for kind, _ in steps]
    last = dict(steps)
    assert all(re.fullmatch(r"python:3\.\d+-slim( AS \w+)?", value) for kind, value in steps if kind == "FROM")
    assert (last["USER"], kinds.index("USER") < kinds.index("CMD")) == ("myfyrio", True)
    assert "--chown=root:root" in last["COPY"]
    assert "/healthz" in last["HEALTHCHECK"]
    _, _, *options = json.loads(last["CMD"])[1:]
    [unit] = re.findall(r"\.venv/bin/gunicorn (.*)$", (UNITS / "myfyrio.service").read_text("utf-8"), re.MULTILINE)
    assert options == unit.split()


def test_a_process_has_more_threads_than_places_so_that_it_can_always_say_that_it_has_none() -> None:
    for recipe in (UNITS / "myfyrio.service", DEPLOYMENT / "Containerfile"):
        said = recipe.read_text("utf-8")
        [threads] = re.findall(r'gunicorn.*--threads(?:", "| )(\d+)', said)
        settings = settings_from(dict(re.findall(r"SURVEY_(REQUESTS_\w+)=(\d+)", said)))
        assert settings["REQUESTS_AT_WORK"] <= MOST_CONNECTIONS, "each may need a connection to the database"
        assert settings["REQUESTS_WAITING"] > settings_from({})["REQUESTS_WAITING"]
        assert settings["REQUESTS_AT_WORK"] + settings["REQUESTS_WAITING"] < int(threads)


def test_threads_share_two_heaps_in_unit_and_container_so_that_memory_does_not_grow_for_hours() -> None:
    for recipe in (UNITS / "myfyrio.service", DEPLOYMENT / "Containerfile"):
        assert re.search(r"^(Environment=|ENV .*\b)MALLOC_ARENA_MAX=2\b", recipe.read_text("utf-8"), re.MULTILINE)


def test_services_of_the_compose_file_may_do_little_and_only_nginx_is_reached_from_outside() -> None:
    said = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text("utf-8"))
    services = said["services"]
    for service in services.values():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert "no-new-privileges:true" in service["security_opt"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    app = services["app"]
    assert (ROOT / app["build"]["dockerfile"]).exists()
    assert settings_from({name.removeprefix("SURVEY_"): value for name, value in app["environment"].items()})
    used = {mount.split(":")[0] for service in services.values() for mount in service["volumes"] if mount[0].isalpha()}
    assert used == set(said["volumes"])
    for mount in services["nginx"]["volumes"]:
        assert not mount.startswith("./") or (DEPLOYMENT / mount.split(":")[0]).exists()


def test_the_database_of_the_compose_file_is_there_only_when_it_is_asked_for_and_logs_nothing_that_was_kept() -> None:
    said = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text("utf-8"))
    database = said["services"]["database"]
    assert [name for name, service in said["services"].items() if "profiles" in service] == ["database"]
    assert said["services"]["app"]["depends_on"]["database"]["required"] is False
    assert set(database["secrets"]) == set(said["secrets"])
    assert not any("PASSWORD" in name and not name.endswith("_FILE") for name in database["environment"])
    settings = dict(option.split("=") for option in database["command"] if "=" in option)
    for name, value in settings.items():
        assert f"`{name} = {value}`" in OPERATORS
    [address] = re.findall(r"SURVEY_DATABASE=(\S+)", (DEPLOYMENT / "compose.yaml").read_text("utf-8"))
    made = settings_from({"DATABASE": address})["DATABASE"]
    environment = database["environment"]
    assert urlsplit(made).username == environment["POSTGRES_USER"]
    assert (urlsplit(made).hostname, urlsplit(made).path) == ("database", f"/{environment['POSTGRES_DB']}")


def test_nginx_speaks_tls_of_today_with_ciphers_that_authenticate_and_keep_what_was_said_secret() -> None:
    said = (DEPLOYMENT / "nginx.conf").read_text("utf-8")
    assert re.findall(r"^ +ssl_protocols (.*);", said, re.MULTILINE) == ["TLSv1.2 TLSv1.3"]
    [ciphers] = re.findall(r"^ +ssl_ciphers (.*);", said, re.MULTILINE)
    assert [
        cipher
        for cipher in ciphers.split(":")
        if not re.fullmatch(r"ECDHE-\w+-(\w+-GCM-\w+|CHACHA20-POLY1305)", cipher)
    ] == []


def test_the_settings_that_are_shipped_can_be_read() -> None:
    path = DEPLOYMENT / "myfyrio.env"
    given = settings_in(path.read_text("utf-8"), path)
    settings = settings_from({name.removeprefix("SURVEY_"): value for name, value in given.items()})
    assert (settings["DATA"], settings["TRUSTED_PROXIES"]) == (Path("/var/lib/myfyrio/data"), 1)


def test_the_page_for_operators_names_every_file() -> None:
    names = {path.name for path in DEPLOYMENT.iterdir()}
    assert {"nginx.conf", "systemd", "myfyrio.env", "myfyrio"} <= names
    assert {name for name in names if f"docs/deployment/{name}" not in OPERATORS} == set()
