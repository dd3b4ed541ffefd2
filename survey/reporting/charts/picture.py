"""A chart as a picture for documents: PNG, in a typeface that comes along, so that it looks the same everywhere."""

from importlib.util import find_spec
from pathlib import Path

import resvg_py

from survey.reporting.charts.description import Chart
from survey.reporting.charts.svg import WIDTH, svg

ACROSS = 16.0
"""How wide it stands in a document, in centimetres: so its smallest text has 9 points."""
SHARPNESS = 2.5  # pixels of the picture for one of the drawing: 240 an inch


def picture(chart: Chart) -> bytes:
    """The PNG file of a chart, to stand `ACROSS` wide. The same chart gives the same bytes."""
    return resvg_py.svg_to_bytes(
        svg_string=svg(chart, WIDTH),
        zoom=SHARPNESS,
        skip_system_fonts=True,
        font_files=_fonts(),
        sans_serif_family="Source Sans Pro",
        font_family="Source Sans Pro",
    )


def _fonts() -> list[str]:
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("font_source_sans_pro")
    folder = Path(spec.origin).parent / "files"
    return [str(folder / f"SourceSansPro-{weight}.ttf") for weight in ("Regular", "Bold")]
