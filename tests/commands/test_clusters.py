"""`flask clusters …`"""

from survey.commands.environment import sources_of
from tests.collection.example import small_round
from tests.collection.test_cluster_import import ENDED, MERGED, changed


def test_list_gives_boards_and_clusters_by_name(desk):
    lines = [" ".join(line.split()) for line in desk.done("clusters", "list").splitlines()]
    assert lines[1:] == [
        "Board north (en) W11000023 north",
        "Arfon arfon",
        "Conwy-West conwy-west",
        "Board south (en) W11000030 south",
        "Bro-Morgannwg bro-morgannwg",
        "Merged-Away merged-away 1 April 2025",
    ]


def test_list_refuses_a_list_that_is_not_there(desk):
    refused = desk.refused("clusters", "list", "--clusters", "../clusters/clusters-small")
    assert refused.startswith("There is no cluster list with this id")


def test_check(desk):
    assert desk.done("clusters", "check") == "1 list checked: nothing wrong\n"
    path = desk.definition("clusters/clusters-small")
    path.write_text(path.read_text().replace('"2022-04-01"', '"2022-04-31"'))
    said = desk.refused("clusters", "check")
    faults = [line for line in said.splitlines() if line.startswith(f"{path}:1:")]
    assert len(faults) == said.count("is not a date") == 4


def test_a_list_is_written_changed_shown_kept_and_followed_by_rounds_in_draft(desk):
    path = desk.root / "clusters.csv"
    assert desk.done("clusters", "export", "--output", path) == "4 clusters are in the file\n"
    path.write_bytes(changed([MERGED], **ENDED))
    assert desk.done("clusters", "import", path).endswith(
        "New: 1. Changed: 2. The same: 2.\nNothing was changed. To keep the list, add --confirm.\n"
    )
    assert "Menai" not in desk.done("clusters", "list")
    desk.done("clusters", "import", path, "--confirm")
    assert "Menai" in desk.done("clusters", "list")
    with desk.app.app_context():
        assert sources_of(small_round()).clusters["clusters"][-1]["code"] == "menai"
    path.write_bytes(changed([MERGED]))
    assert desk.refused("clusters", "import", path, "--confirm").startswith("Row 6, column “was”: ")
