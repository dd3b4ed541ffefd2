"""`flask clusters …`"""


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
