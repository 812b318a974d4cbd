"""Writes small XLSX and ODS files with nothing but the standard library; the same bytes on every run."""
import zipfile
from xml.sax.saxutils import escape, quoteattr


class Percent(str):
    """A cell that holds a fraction and shows it as a percentage."""


class Whole(str):
    """A cell that holds a number shown with thousands apart, as amounts are."""


class Sheet:
    """A sheet: rows of cells (None: no cell, str: text, int and float: number), and merged ranges as (first row,
    first column, last row, last column), from 0."""

    def __init__(self, name, rows, merged=()):
        self.name, self.rows, self.merged = name, rows, merged


def column(number):
    return chr(ord("A") + number)


def archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name), text)


XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
OOXML = "http://schemas.openxmlformats.org"
MAIN = OOXML + "/spreadsheetml/2006/main"
KINDS = OOXML + "/officeDocument/2006/relationships"


def xlsx_cell(place, cell, texts):
    if isinstance(cell, (Percent, Whole)):
        return '<c r="%s" s="%d"><v>%s</v></c>' % (place, 1 if isinstance(cell, Percent) else 2, cell)
    if isinstance(cell, str):
        if cell not in texts:
            texts.append(cell)
        return '<c r="%s" t="s"><v>%d</v></c>' % (place, texts.index(cell))
    return '<c r="%s"><v>%s</v></c>' % (place, cell)


def xlsx_sheet(sheet, texts):
    rows = ""
    for r, row in enumerate(sheet.rows, 1):
        cells = "".join(xlsx_cell(column(c) + str(r), cell, texts) for c, cell in enumerate(row) if cell is not None)
        if cells:
            rows += '<row r="%d">%s</row>' % (r, cells)
    ranges = ((column(c), r + 1, column(d), s + 1) for r, c, s, d in sheet.merged)
    merged = "".join('<mergeCell ref="%s%d:%s%d"/>' % one for one in ranges)
    if merged:
        merged = '<mergeCells count="%d">%s</mergeCells>' % (len(sheet.merged), merged)
    return XML + '<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN, rows, merged)


STYLES = (
    '<styleSheet xmlns="%s"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0\\ %%"/>'
    '<numFmt numFmtId="165" formatCode="_ * #,##0_ ;_ * \\-#,##0_ ;_ * &quot;-&quot;??_ ;_ @_ "/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" xfId="0"/>'
    '<xf numFmtId="164" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" xfId="0" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>" % MAIN
)


def relations(pairs):
    return (
        XML
        + '<Relationships xmlns="%s/package/2006/relationships">' % OOXML
        + "".join(
            '<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (i, KINDS, kind, target)
            for i, (kind, target) in enumerate(pairs, 1)
        )
        + "</Relationships>"
    )


def write_xlsx(path, *sheets):
    texts = []
    made = [xlsx_sheet(sheet, texts) for sheet in sheets]
    count = len(sheets)
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    names = ["worksheets/sheet%d.xml" % i for i in range(1, count + 1)]
    kinds = list(zip(["workbook.xml"] + names, ["sheet.main"] + ["worksheet"] * count))
    kinds += [("sharedStrings.xml", "sharedStrings"), ("styles.xml", "styles")]
    parts = {
        "[Content_Types].xml": XML
        + '<Types xmlns="%s/package/2006/content-types">' % OOXML
        + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join('<Override PartName="/xl/%s" ContentType="%s%s+xml"/>' % (n, office, k) for n, k in kinds)
        + "</Types>",
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": XML
        + '<workbook xmlns="%s" xmlns:r="%s"><sheets>' % (MAIN, KINDS)
        + "".join(
            '<sheet name=%s sheetId="%d" r:id="rId%d"/>' % (quoteattr(s.name), i, i) for i, s in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            [("worksheet", name) for name in names]
            + [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": XML + STYLES,
        "xl/sharedStrings.xml": XML
        + '<sst xmlns="%s">' % MAIN
        + "".join('<si><t xml:space="preserve">%s</t></si>' % escape(text) for text in texts)
        + "</sst>",
    }
    parts.update(("xl/" + name, text) for name, text in zip(names, made))
    archive(path, parts)


OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join('xmlns:%s="%s%s:1.0"' % (n, OASIS, n) for n in ["office", "table", "text", "manifest"])


def ods_cell(cell, span):
    if cell is None:
        return "<table:table-cell%s/>" % span
    shown = "<text:p>%s</text:p>" % escape(str(cell))
    if isinstance(cell, Percent):
        return '<table:table-cell%s office:value-type="percentage" office:value="%s">%s</table:table-cell>' % (
            span, cell, shown)
    if isinstance(cell, str) and not isinstance(cell, Whole):
        return '<table:table-cell%s office:value-type="string">%s</table:table-cell>' % (span, shown)
    number = '<table:table-cell%s office:value-type="float" office:value="%s">%s</table:table-cell>'
    return number % (span, cell, shown)


def ods_sheet(sheet):
    spans, covered = {}, set()
    for r, c, s, d in sheet.merged:
        spans[r, c] = ' table:number-rows-spanned="%d" table:number-columns-spanned="%d"' % (s - r + 1, d - c + 1)
        covered |= {(i, j) for i in range(r, s + 1) for j in range(c, d + 1)} - {(r, c)}
    rows = ""
    for r, row in enumerate(sheet.rows):
        cells = "".join(
            "<table:covered-table-cell/>" if (r, c) in covered else ods_cell(cell, spans.get((r, c), ""))
            for c, cell in enumerate(row)
        )
        rows += "<table:table-row>%s</table:table-row>" % (cells or "<table:table-cell/>")
    return "<table:table table:name=%s>%s</table:table>" % (quoteattr(sheet.name), rows)


def write_ods(path, *sheets):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    archive(
        path,
        {
            "mimetype": kind,
            "META-INF/manifest.xml": XML
            + '<manifest:manifest %s manifest:version="1.3">' % SPACES
            + '<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>' % kind
            + '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            + "</manifest:manifest>",
            "content.xml": XML
            + '<office:document-content %s office:version="1.3"><office:body><office:spreadsheet>' % SPACES
            + "".join(map(ods_sheet, sheets))
            + "</office:spreadsheet></office:body></office:document-content>",
        },
    )
