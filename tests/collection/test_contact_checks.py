"""What a list of contacts may call things, and what is said of a cluster that nobody knows."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from survey.collection.list_rows import BadList
from survey.collection.people.contact_checks import IN_LIST, OF_ONE, ClusterNames, Contact
from survey.collection.people.contacts import contacts_from
from survey.collection.rounds.clusters import clusters_from
from survey.languages import language
from survey.questionnaire.json_reader import read_definition
from survey.reporting.files.contact_template import template_csv, template_xlsx
from tests.collection.example import NOW

LIST = Path(__file__).parents[2] / "questionnaires/clusters/clusters-2026.json"
REAL = clusters_from(read_definition(LIST.read_bytes(), "").value)
NAMES = ClusterNames.of(REAL)
TODAY = NOW.date()
SIAN = Contact("arfon", "Siân", "Lead", "sian@nhs.example", "cy")


def listed(*rows, heads="cluster,name,role,email,language"):
    return "\r\n".join((heads, *(",".join(row) for row in rows))).encode()


def fault_of(cluster):
    with pytest.raises(BadList) as caught:
        contacts_from(listed((cluster, *"nr", "a@nhs.example", "cy")), NAMES)
    ((phrase, values),) = caught.value.faults
    return language("en").say(phrase, **values)


@pytest.mark.parametrize("called", ["conwy-east", "Conwy East", "Dwyrain Conwy", "dwyrain conwy", "CONWY-EAST"])
def test_a_cluster_is_called_by_its_code_or_by_its_name_in_either_language(called):
    (contact,) = contacts_from(listed((called, *"nr", "a@nhs.example", "cy")), NAMES)
    assert contact.cluster == "conwy-east"


@pytest.mark.parametrize(
    ("typed", "meant"), [("Conwy Est", "conwy-east"), ("arfn", "arfon"), ("Dwyrain Conwi", "conwy-east")]
)
def test_an_unknown_cluster_gets_the_names_that_are_like_it_each_with_its_code(typed, meant):
    said = fault_of(typed)
    assert said.startswith("Row 2, column “cluster”: ")
    assert typed in said
    assert meant in said.split("these?")[1]


def test_where_no_cluster_is_like_it_none_is_named():
    assert fault_of("zzzzzzzz").endswith("code or name: zzzzzzzz")


def test_a_name_that_two_clusters_have_is_asked_for_by_code():
    twice = [replace(REAL.clusters[0], code=code, names={"cy": "Glan yr Afon", "en": "Riverside"}) for code in "ab"]
    with pytest.raises(BadList) as caught:
        contacts_from(listed(("Riverside", *"nr", "a@nhs.example", "cy")), ClusterNames(twice))
    assert caught.value.faults[0][1]["codes"] == "a, b"


def test_columns_and_languages_may_be_named_in_welsh():
    content = listed(("Arfon", "Siân", "Lead", "sian@nhs.example", "Cymraeg"), heads="Clwstwr,Enw,Rôl,E-bost,Iaith")
    assert contacts_from(content, NAMES) == [SIAN]


def test_every_flaw_is_worded_for_a_list_and_for_one_contact():
    assert IN_LIST.keys() == OF_ONE.keys()


@pytest.mark.parametrize("code", ["cy", "en"])
def test_the_template_filled_in_is_taken_in(code):
    head = template_csv(language(code)).decode("utf-8-sig").strip()
    assert contacts_from(listed(("arfon", "Siân", "Lead", "sian@nhs.example", "cy"), heads=head), NAMES) == [SIAN]
    sheets = sheets_of(template_xlsx(REAL, language(code)))
    assert ",".join(sheets[0][0]) == head
    assert len(sheets[1]) == 1 + len(REAL.clusters)


def sheets_of(content):
    """What is on the sheets of a workbook, row by row."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
