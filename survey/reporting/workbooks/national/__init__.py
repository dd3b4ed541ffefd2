"""The sheets of the national self-reflection workbook, in their order. A new sheet is a module and a line here.

Each maker takes a `Report` and gives a described sheet. docs/national-team.md explains each by its English name;
a test names those that are not explained there.
"""

from survey.reporting.workbooks.codebook import codebook
from survey.reporting.workbooks.national.actions import actions
from survey.reporting.workbooks.national.calibration import judged_and_indicated
from survey.reporting.workbooks.national.charts import (
    chart_of_enablers,
    chart_of_maturity_by_board,
    chart_of_maturity_by_outcome,
    chart_of_movement,
    chart_of_response,
)
from survey.reporting.workbooks.national.criteria import criteria
from survey.reporting.workbooks.national.enablers import enablers_and_barriers
from survey.reporting.workbooks.national.good_practice import good_practice
from survey.reporting.workbooks.national.help_wanted import help_wanted, help_wanted_from
from survey.reporting.workbooks.national.maturity import maturity_by_board, maturity_by_cluster, maturity_by_outcome
from survey.reporting.workbooks.national.movement import movement, movement_by_cluster, movement_of_levels
from survey.reporting.workbooks.national.trend import trend, trend_of_enablers, trend_of_response
from survey.reporting.workbooks.national.words import do_differently, went_less_well, went_well
from survey.reporting.workbooks.report import SheetMaker
from survey.reporting.workbooks.response import response_by_board, response_by_cluster
from survey.reporting.workbooks.responses import responses_as_codes, responses_as_labels

SHEETS: tuple[SheetMaker, ...] = (
    response_by_board,
    response_by_cluster,
    maturity_by_outcome,
    maturity_by_board,
    maturity_by_cluster,
    judged_and_indicated,
    criteria,
    movement,
    movement_of_levels,
    movement_by_cluster,
    trend,
    trend_of_response,
    trend_of_enablers,
    enablers_and_barriers,
    went_well,
    went_less_well,
    do_differently,
    actions,
    good_practice,
    help_wanted,
    help_wanted_from,
    chart_of_response,
    chart_of_maturity_by_outcome,
    chart_of_maturity_by_board,
    chart_of_movement,
    chart_of_enablers,
    responses_as_codes,
    responses_as_labels,
    codebook,
)
