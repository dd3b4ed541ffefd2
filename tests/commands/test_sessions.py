"""`flask sessions …`: who is signed in, and ending that at once."""

import pytest

from survey.collection.people.sessions import ACCOUNT, CODE, begin_session, sessions
from tests.collection.example import NOW, ROUND


@pytest.fixture
def busy(desk):
    """Two accounts and two clusters are signed in."""
    for whose in ((ACCOUNT, "eira"), (ACCOUNT, "gwyn"), (CODE, ROUND, "arfon"), (CODE, ROUND, "conwy-west")):
        begin_session(desk.kept, whose[-1], whose, NOW)
    return desk


@pytest.mark.parametrize(
    ("chosen", "ended"),
    [
        (("--account", "eira"), {"eira"}),
        (("--round", ROUND, "--cluster", "arfon", "--cluster", "arfon"), {"arfon"}),
        (("--round", ROUND), {"arfon", "conwy-west"}),
        (("--everybody",), {"eira", "gwyn", "arfon", "conwy-west"}),
        (("--account", "nobody"), set()),
    ],
)
def test_end_signs_out_those_who_are_named_and_nobody_else(busy, chosen, ended):
    everybody = {session.id for session in sessions(busy.kept)}
    assert busy.done("sessions", "end", *chosen) == f"Sign-ins ended: {len(ended)}\n"
    assert {session.id for session in sessions(busy.kept)} == everybody - ended
    assert busy.log == [("command line", "sessions_ended")]


@pytest.mark.parametrize(
    "chosen", [(), ("--account", "eira", "--everybody"), ("--everybody", "--cluster", "arfon"), ("--cluster", "arfon")]
)
def test_end_refuses_what_does_not_say_who(busy, chosen):
    assert "Give one of --account, --everybody and --round" in busy.refused("sessions", "end", *chosen)


def test_list_names_who_is_signed_in(busy):
    assert [line.split("  ")[0] for line in busy.done("sessions", "list").splitlines()[1:]] == [
        "eira",
        "gwyn",
        f"{ROUND} arfon",
        f"{ROUND} conwy-west",
    ]
    busy.done("sessions", "end", "--everybody")
    assert busy.done("sessions", "list") == "Nobody is signed in\n"
