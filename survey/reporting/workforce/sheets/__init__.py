"""The sheets of the workforce workbook, in their order. A new sheet is a module and a line here.

docs/national-team.md explains each by its English name; a test names those that are not explained there.
"""

from survey.reporting.people_response import response_by_board, response_by_cluster
from survey.reporting.workforce.report import SheetMaker
from survey.reporting.workforce.sheets.charts import chart_of_skills, chart_of_welsh
from survey.reporting.workforce.sheets.codebook import codebook
from survey.reporting.workforce.sheets.learning import learning
from survey.reporting.workforce.sheets.profession import profession_by_board
from survey.reporting.workforce.sheets.skills import skills
from survey.reporting.workforce.sheets.staying import help_to_stay, intention_to_stay, wellbeing
from survey.reporting.workforce.sheets.training import training
from survey.reporting.workforce.sheets.welsh import use_of_welsh, welsh_by_board, welsh_by_profession

SHEETS: tuple[SheetMaker, ...] = (
    response_by_board,
    response_by_cluster,
    profession_by_board,
    skills,
    training,
    learning,
    welsh_by_board,
    welsh_by_profession,
    use_of_welsh,
    intention_to_stay,
    help_to_stay,
    wellbeing,
    chart_of_skills,
    chart_of_welsh,
    codebook,
)
