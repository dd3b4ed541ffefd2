"""Charts: described once, drawn as SVG and as a picture here, as Excel’s own in `survey/reporting/xlsx/`."""
