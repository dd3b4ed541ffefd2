"""The sheets of the workforce workbook, in their order. A new sheet is a module and a line here.

docs/national-team.md explains each by its English name; a test names those that are not explained there.
"""

from survey.reporting.workbooks.codebook import codebook_of_people
from survey.reporting.workbooks.response import people_by_board, people_by_cluster
from survey.reporting.workbooks.workforce.charts import chart_of_skills, chart_of_welsh
from survey.reporting.workbooks.workforce.learning import learning
from survey.reporting.workbooks.workforce.profession import profession_by_board
from survey.reporting.workbooks.workforce.report import SheetMaker
from survey.reporting.workbooks.workforce.skills import skills
from survey.reporting.workbooks.workforce.staying import help_to_stay, intention_to_stay, wellbeing
from survey.reporting.workbooks.workforce.training import training
from survey.reporting.workbooks.workforce.welsh import use_of_welsh, welsh_by_board, welsh_by_profession

SHEETS: tuple[SheetMaker, ...] = (
    people_by_board,
    people_by_cluster,
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
    codebook_of_people,
)
