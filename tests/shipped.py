"""The questionnaires that the product ships, read once for all tests of a process."""

from survey.questionnaire.library import load_all

LIBRARY = load_all()
