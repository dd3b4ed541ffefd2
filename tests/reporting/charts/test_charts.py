"""The drawings of charts: every label there, neighbours told apart in grey, pictures that documents can take."""

import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
import resvg_py
import xlsxwriter

from survey.languages import language
from survey.reporting.charts.canvas import SIZE, text_width
from survey.reporting.charts.colours import PALETTES, PAPER, VISIBLE, contrast, tones
from survey.reporting.charts.description import Chart, Series
from survey.reporting.charts.picture import ACROSS, picture
from survey.reporting.charts.svg import NARROW, WIDTH, svg
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.national.charts import CHARTS
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.charts import ChartSource, add_chart, labels_with_room
from survey.reporting.xlsx.description import Plots, Sheet
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import ROUND

SVG = "{http://www.w3.org/2000/svg}"
CHART = Chart(
    language=language("en"),
    kind="shares",
    title="A title that is so long that it takes more than a single line of the picture, and goes on to the next",
    facts=("Base: all.", "Source: an example."),
    alt_text="Bar chart.",
    names=("A name that is long enough to be wrapped into two lines or three", "Powys"),
    series=(Series("Low", (0.2, None)), Series("Middle", (0.3, None)), Series("High", (0.5, None))),
    instead=("", "Low 1; High 2"),
    palette="diverging",
    axis="Share",
    middle=1.5,
)


def texts_of(drawing: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(drawing).iter(f"{SVG}text")]


def charts_of(sheet: Sheet) -> list[Chart]:
    if isinstance(sheet.body, Plots):
        return [plot.chart for plot in sheet.body.plots]
    return [sheet.chart] if sheet.chart else []


@pytest.mark.parametrize("width", [WIDTH, NARROW])
@pytest.mark.parametrize("kind", ["shares", "dots", "slopes"])
def test_every_word_of_a_chart_is_in_its_drawing(kind, width):
    chart = replace(CHART, kind=kind)
    drawn = " ".join(texts_of(svg(chart, width)))
    for words in (chart.title, *chart.facts, chart.axis, *chart.names, *(series.label for series in chart.series)):
        assert words in drawn
    if kind != "slopes":
        assert "Low 1; High 2" in drawn


@pytest.mark.parametrize("code", ["en", "cy"])
def test_every_label_of_the_national_charts_is_drawn(wales: FileRepository, code: str) -> None:
    report = Report(read_series(wales, ROUND), language(code), is_open=True)
    charts = [chart for sheet in CHARTS for chart in charts_of(sheet(report))]
    assert len(charts) >= len(CHARTS) > 2
    for chart in charts:
        drawn = " ".join(texts_of(svg(chart))).split()
        said = [chart.title, *chart.facts, *chart.names, chart.axis]
        said += [series.label for series in chart.series if len(chart.series) > 1]
        assert set(" ".join(said).split()) <= set(drawn), chart.title
        assert len(chart.facts) >= 2, "source and date, provisional"


def test_no_text_leaves_the_picture_or_is_smaller_than_nine_points():
    drawing = ET.fromstring(svg(CHART))
    height = float(drawing.get("height", "0"))
    for text in drawing.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "")) <= WIDTH
        assert 0 <= float(text.get("y", "")) <= height
        assert float(text.get("font-size", "0")) >= SIZE >= 9 / 72 * 96


def test_parts_of_a_bar_are_as_long_as_their_shares_and_laid_at_the_middle():
    drawing = ET.fromstring(
        svg(
            replace(
                CHART,
                names=("A", "B"),
                instead=("", ""),
                series=(
                    Series("Low", (0.2, 0.5)),
                    Series("Middle", (0.2, 0.0)),
                    Series("High", (0.6, 0.5)),
                ),
            )
        )
    )
    bars = [rect for rect in drawing.iter(f"{SVG}rect") if rect.get("height") == "18.0"]
    sizes = [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in bars]
    first, second = sizes[:3], sizes[3:]
    assert first[0][1] == pytest.approx(first[1][1], abs=0.2)
    assert first[2][1] == pytest.approx(3 * first[0][1], abs=0.3)
    middle = first[1][0] + first[1][1] / 2
    assert second[0][0] + second[0][1] == pytest.approx(middle, abs=0.2)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("number", range(2, 7))
def test_neighbours_are_told_apart_in_greyscale(palette, number):
    for one, other in pairwise(tones(palette, number)):
        assert one.stripes != other.stripes or contrast(one.fill, other.fill) >= VISIBLE, (palette, number)
    assert all(contrast(tone.shade, PAPER) >= VISIBLE for tone in tones(palette, number))
    assert all(tone.stripes or contrast(tone.text, tone.fill) >= 4.5 for tone in tones(palette, number))


def test_a_picture_is_sharp_at_its_width_and_always_the_same(drawn_pictures, monkeypatch):
    monkeypatch.setattr(resvg_py, "svg_to_bytes", drawn_pictures)
    content = picture(CHART)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    across, _ = struct.unpack(">II", content[16:24])
    assert across / (ACROSS / 2.54) >= 200
    assert content == picture(CHART)


def test_words_that_markup_would_take_are_words():
    drawn = svg(replace(CHART, title="A < B & “C”\x00", names=("<b>", '"')))
    assert "A < B & “C”�" in " ".join(texts_of(drawn))


def test_a_bar_of_shares_of_which_a_part_is_not_given_is_not_drawn_in_part() -> None:
    series = (Series("Agree", (0.25, 0.5)), Series("Disagree", (0.75, None)))
    chart = replace(CHART, kind="shares", names=("Wales", "Powys"), series=series, instead=("", ""), middle=None)
    assert [chart.drawn(each) for each in chart.series] == [[0.25, None], [0.75, None]]
    dots = replace(chart, kind="dots")
    assert [dots.drawn(each) for each in dots.series] == [[0.25, 0.5], [0.75, None]]


def marks_of(drawing: str) -> list[tuple[float, float]]:
    return [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in ET.fromstring(drawing).iter(f"{SVG}circle")]


def test_dots_that_would_cover_each_other_stand_below_one_another() -> None:
    """In all rows alike, so that a series is found at once; dots that are apart stand on one line."""
    dots = replace(CHART, kind="dots", names=("A", "B"), instead=("", ""), middle=None, palette="ordered")
    apart = replace(dots, series=(Series("Then", (0.2, 0.5)), Series("Now", (0.8, 0.9))))
    covered = replace(
        dots, series=(Series("Then", (0.2, 0.5)), Series("Middle", (0.2, 0.7)), Series("Now", (0.8, 0.9)))
    )
    assert apart.lanes() == [0, 0]
    lanes = covered.lanes()
    assert lanes[0] < lanes[1] == 0 < lanes[2]
    _of_legend, (x, y), (_, below) = marks_of(svg(covered))
    lines = [line.get("points", "") for line in ET.fromstring(svg(covered)).iter(f"{SVG}polyline")]
    assert sum(line.startswith(f"{x:.1f},{y:.1f} ") and len(line.split()) == 3 for line in lines) == 1
    assert below > y


def test_a_legend_names_no_answer_that_nobody_gave() -> None:
    series = (Series("Low", (0.4, None)), Series("Middle", (0.0, None)), Series("High", (0.6, None)))
    drawn = texts_of(svg(replace(CHART, series=series)))
    assert {"Low", "High"} <= {*drawn}
    assert "Middle" not in drawn
    nothing = tuple(Series(label, (None, None)) for label in ("Low", "High"))
    assert {"Low", "High"} <= {*texts_of(svg(replace(CHART, series=nothing, instead=("none", "none"))))}


def test_an_answer_that_nobody_gave_is_no_series_in_excel_whose_legend_would_name_it() -> None:
    series = (Series("Low", (0.4, 1.0)), Series("Middle", (0.0, 0.0)), Series("High", (0.6, 0.0)))
    chart = replace(CHART, series=series, instead=("", ""), middle=None)
    columns = [[(column, row) for row in (5, 6)] for column in range(5)]
    source = ChartSource(chart, "Chart", columns[0], columns[1:4], columns[4], "Chart", 6)
    drawn = add_chart(xlsxwriter.Workbook(BytesIO()), source)
    assert [one["name"] for one in drawn.series] == ["Low", "High"]


def test_no_line_runs_through_what_is_said_in_place_of_a_bar() -> None:
    """Paper is laid below it, after the lines and before the words."""
    drawn = list(ET.fromstring(svg(CHART)))
    said = next(at for at, one in enumerate(drawn) if one.text == "Low 1; High 2")
    paper = drawn[said - 1]
    assert (paper.tag, paper.get("fill")) == (f"{SVG}rect", PAPER)
    assert float(paper.get("width", "0")) > 60
    assert any(one.tag == f"{SVG}polyline" for one in drawn[:said])


def test_what_is_said_in_place_of_a_bar_stays_in_the_picture_and_bars_beside_their_names() -> None:
    many = "; ".join(f"An answer of several words {number}" for number in range(5))
    drawing = ET.fromstring(svg(replace(CHART, names=("Wales", "Powys"), instead=("", many))))
    texts = {text.text or "": text for text in drawing.iter(f"{SVG}text")}
    said = [text for text in texts if text in many and "answer" in text]
    assert len(said) > 1
    assert all(float(texts[text].get("x", "0")) + text_width(text) <= WIDTH for text in said)
    bar = next(one for one in drawing.iter(f"{SVG}rect") if one.get("height") == "18.0")
    assert abs(float(texts["Wales"].get("y", "")) - 4 - (float(bar.get("y", "")) + 9)) < 3


def test_what_is_done_is_dark_and_what_has_not_begun_is_empty_in_every_chart(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    charts = [chart for sheet in CHARTS for chart in charts_of(sheet(report))]
    looks = {
        series.label: tone
        for chart in charts
        if chart.palette in ("status", "done")
        for series, tone in zip(chart.series, tones(chart.palette, len(chart.series)), strict=True)
    }
    assert looks["Submitted"] == looks["Done"] != looks["Not started"] == looks["Not begun"]
    assert looks["In progress"] == looks["Under way"]
    assert looks["Not begun"].fill == PAPER != looks["Done"].fill


def test_figures_that_may_change_are_said_to_be_provisional_beside_those_of_earlier_years(
    wales: FileRepository,
) -> None:
    series = read_series(wales, ROUND)
    for is_open in (True, False):
        report = Report(series, language("en"), is_open=is_open)
        (chart,) = [chart for sheet in CHARTS for chart in charts_of(sheet(report)) if "Response rate" in chart.title]
        *earlier, last = (one.label for one in chart.series)
        assert earlier
        assert ("provisional" in last) == is_open
        assert not any("provisional" in label for label in earlier)


def test_a_chart_says_why_it_leaves_something_out(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    charts = {chart.title.partition(",")[0]: chart for sheet in CHARTS for chart in charts_of(sheet(report))}
    assert (
        "Outcomes for which no level is indicated are not drawn."
        in charts["Level judged against level indicated"].facts
    )
    moved = charts["Movement of the level judged since last asked"]
    assert "Cannot be compared 1" in moved.instead


def test_a_part_of_a_bar_too_narrow_for_its_number_has_none_in_excel_either() -> None:
    """Two digits need more room than one: by the part alone a number would reach into the next."""
    series = (Series("Low", (0.01, 0.05, 0.5)), Series("High", (0.99, 0.95, 0.5)))
    names = ("A", "B", "C")
    chart = replace(CHART, names=names, series=series, instead=("",) * 3, middle=None, figures="percent")
    assert labels_with_room(chart, 0, 1.0) == [{"delete": True}, None, None]
    assert labels_with_room(chart, 0, 4.0) == [{"delete": True}, {"delete": True}, None]
    assert labels_with_room(chart, 1, 1.0) == [None] * 3


def test_what_is_said_at_the_end_of_a_bar_stands_in_place_of_its_figure() -> None:
    chart = replace(
        CHART, kind="bars", series=(Series("All", (0.5, 0.25)),), instead=("", ""), said=("9 of 18", "1 of 4")
    )
    drawn = texts_of(svg(replace(chart, middle=None, figures="percent")))
    assert {"9 of 18", "1 of 4"} <= {*drawn}
    assert "50%" not in drawn[1:3]
