"""What a workbook's package must say and XlsxWriter does not: its language, its heading styles, gaps in charts.

XlsxWriter builds the package's parts one by one; they are taken from it and patched, as text, before they are zipped,
so nothing is unpacked and packed again.
"""

import re
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.packager import Packager

from survey.reporting.xlsx.appearance import HEADING_1_SIZE, HEADING_2_SIZE

# Excel's own numbers of the built-in styles (ECMA-376, part 1, 18.8.7 cellStyle).
_HEADINGS = (("Heading 1", HEADING_1_SIZE, 16), ("Heading 2", HEADING_2_SIZE, 17))


PLACES = "PLACES_"
"""How what stands for a formula in a chart begins where the figures are places in the drawing and not cells."""


class PackageNotPatched(RuntimeError):
    """XlsxWriter wrote a part otherwise than this version of the code knows."""


class LanguageWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """An XlsxWriter workbook that says its language (a tag such as `cy-GB`) and has real heading styles."""

    def __init__(self, file: Any, tag: str, options: dict[str, Any]) -> None:
        super().__init__(file, {**options, "in_memory": True})
        self._tag = tag
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, properties: dict[str, Any]) -> Any:
        """Return the one format with these properties; XlsxWriter is slow with several that are alike."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.add_format(properties)
        return self._formats[key]

    def _get_packager(self) -> Packager:
        return _PatchingPackager(self._tag)


class _PatchingPackager(Packager):  # type: ignore[misc]
    def __init__(self, tag: str) -> None:
        super().__init__()
        self._tag = tag

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        return [
            (self._patched(name, content), name, is_binary) for content, name, is_binary in super()._create_package()
        ]

    def _patched(self, name: str, content: Any) -> Any:
        """Return a part of the package as it should be. Raises PackageNotPatched."""
        if name == "docProps/core.xml":
            language = f"<dc:language>{escape(self._tag)}</dc:language>"
            return StringIO(_replaced(content.getvalue(), r"(?=</cp:coreProperties>)", language))
        if name == "xl/styles.xml":
            return StringIO(_with_heading_styles(content.getvalue()))
        if name.startswith("xl/charts/"):
            xml = content.getvalue().replace('"en-US"', f'"{escape(self._tag)}"')
            xml = _with_places(_with_lines_of_titles(xml)).replace(
                "<c:rich><a:bodyPr/>", '<c:rich><a:bodyPr wrap="none"/>'
            )
            # A blank cell leaves a gap: said outright, because programs’ defaults differ.
            visible = '<c:plotVisOnly val="1"/>' if "<c:plotVisOnly" in xml else '<c:plotVisOnly val="0"/>'
            xml = xml.replace(visible, "")
            return StringIO(_replaced(xml, r"(?=</c:chart>)", f'{visible}<c:dispBlanksAs val="gap"/>'))
        return content


def _with_lines_of_titles(xml: str) -> str:
    """Return a chart in whose titles each line is a paragraph of its own, on the left."""

    def lines(match: re.Match[str]) -> str:
        start, properties, text = match.groups()
        return "".join(f'{start} algn="l"{properties}<a:t>{line}</a:t></a:r></a:p>' for line in text.split("\n"))

    paragraph = r"(<a:p><a:pPr)(><a:defRPr(?:(?!</a:p>).)*?<a:r><a:rPr(?:(?!</a:p>).)*?)<a:t>([^<]*)</a:t></a:r></a:p>"
    return re.sub(paragraph, lines, xml, flags=re.DOTALL)


def _with_places(xml: str) -> str:
    """Return a chart in which the places of names and rows are numbers of its own, not of cells."""
    return re.sub(
        rf"<c:numRef><c:f>{PLACES}\w+</c:f><c:numCache>(.*?)</c:numCache></c:numRef>",
        r"<c:numLit>\1</c:numLit>",
        xml,
        flags=re.DOTALL,
    )


def _with_heading_styles(xml: str) -> str:
    """Return styles in which the formats of headings belong to the styles “Heading 1” and “Heading 2”.

    Headings are known by the size of their font, which nothing else has.
    """
    sizes = [float(size) for size in re.findall(r'<font>.*?<sz val="([\d.]+)"', _part(xml, "fonts"))]
    style_formats, style_names = "", ""
    for style, (name, size, builtin) in enumerate(_HEADINGS, start=1):
        fonts = [number for number, size_of_font in enumerate(sizes) if size_of_font == size]
        if fonts:
            style_formats += f'<xf numFmtId="0" fontId="{fonts[0]}" fillId="0" borderId="0" applyFont="1"/>'
            style_names += f'<cellStyle name="{name}" xfId="{style}" builtinId="{builtin}"/>'
        else:
            style_formats += '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        formats = _part(xml, "cellXfs")
        for font in fonts:
            formats = re.sub(rf'(<xf [^>]*fontId="{font}"[^>]*xfId=)"0"', rf'\1"{style}"', formats)
        xml = xml.replace(_part(xml, "cellXfs"), formats)
    xml = _replaced(xml, r'<cellStyleXfs count="1">', '<cellStyleXfs count="3">')
    xml = _replaced(xml, r"(?=</cellStyleXfs>)", style_formats)
    count = 1 + style_names.count("<cellStyle ")
    xml = _replaced(xml, r'<cellStyles count="1">', f'<cellStyles count="{count}">')
    return _replaced(xml, r"(?=</cellStyles>)", style_names)


def _part(xml: str, element: str) -> str:
    part = re.search(rf"<{element}[ >].*?</{element}>", xml, re.DOTALL)
    if part is None:
        raise PackageNotPatched(f"no {element} in the styles")
    return part.group()


def _replaced(xml: str, pattern: str, replacement: str) -> str:
    changed, times = re.subn(pattern, lambda _: replacement, xml)
    if times != 1:
        raise PackageNotPatched(f"{pattern} stands {times} times, not once")
    return changed
