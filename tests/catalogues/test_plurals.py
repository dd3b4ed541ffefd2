"""Six plural forms that cannot be right are found; those that Welsh really has pass."""

import pytest

from survey.catalogues.plurals import plural_faults

QUESTIONS = ("Dim cwestiwn", "%(n)s cwestiwn", "%(n)s gwestiwn", "%(n)s chwestiwn", "%(n)s chwestiwn", "%(n)s cwestiwn")
FEMININE = ("Dim tudalen", "%(n)s dudalen", "%(n)s dudalen", "%(n)s tudalen", "%(n)s tudalen", "%(n)s o dudalennau")
ANSWERS = ("Dim atebion", "Un ateb", "Dau ateb", "Tri ateb", "Chwe ateb", "%(n)s ateb")


def found(*forms: str) -> set[tuple[str, int | None]]:
    return {(rule, form) for rule, _, form in plural_faults(dict(enumerate(forms)))}


@pytest.mark.parametrize("forms", [QUESTIONS, FEMININE, ANSWERS])
def test_right_forms_pass(forms: tuple[str, ...]) -> None:
    assert found(*forms) == set()


def test_six_forms_alike_are_found() -> None:
    assert ("forms-alike", None) in found(*["%(n)s ateb"] * 6)


@pytest.mark.parametrize("forms", [QUESTIONS, FEMININE])
def test_the_forms_for_two_and_three_in_each_others_place_are_found(forms: tuple[str, ...]) -> None:
    swapped = (*forms[:2], forms[3], forms[2], *forms[4:])
    assert ("plural-mutation", 2) in found(*swapped)


def test_a_number_word_in_the_form_for_another_number_is_found() -> None:
    assert ("plural-mutation", 3) in found(*ANSWERS[:3], "Dau ateb", *ANSWERS[4:])


def test_a_word_that_does_not_mutate_after_two_is_found() -> None:
    assert ("plural-mutation", 2) in found(*QUESTIONS[:2], "%(n)s cwestiwn", *QUESTIONS[3:])


def test_a_soft_mutation_after_six_is_found() -> None:
    assert ("plural-mutation", 4) in found(*QUESTIONS[:4], "%(n)s gwestiwn", QUESTIONS[5])
