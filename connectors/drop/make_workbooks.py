#!/usr/bin/python3
"""Writes the workbooks among the cases anew: connectors/drop/make_workbooks.py (needs Debian's python3-xlwt)."""
import datetime
import os
import zipfile

import xlwt

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")


def write_xls(path):
    book = xlwt.Workbook()
    book.add_sheet("Forklaring").write(0, 0, "Egne tall")
    sheet = book.add_sheet("Tabell 1")
    date = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    sheet.write(0, 0, "Tabell 1. Innsatte")
    for column, cell in enumerate(["Region", "Dato", "Antall", "Andel"]):
        sheet.write(2, column, cell)
    rows = [("Øst", 1, 3912, 0.1), ("Øst", 2, "4 045", 2.2), ("Sør", 1, 1e-3, "*"), ("Sør", 2, 12345678.25, 0.1 + 0.2)]
    for i, (region, month, count, share) in enumerate(rows):
        sheet.write(3 + i, 0, region)
        sheet.write(3 + i, 1, datetime.date(2018, month, 1), date)
        sheet.write(3 + i, 2, count)
        sheet.write(3 + i, 3, share)
    sheet.write(8, 0, "Kilde: egen")
    book.save(path)


def write_xlsx(path):
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    texts = ["Region", "Årsverk", "Andel", "0301 Oslo", "1103 Stavanger", "I alt", "¹ Foreløpig", "3 912", "Kvinner", "Menn"]
    rows = [
        {"A": "s0", "B": "s1", "D": "s2"},
        {"B": "s8", "C": "s9", "D": "s8", "E": "s9"},
        {"A": "s3", "B": "s7", "C": "n12", "D": "p0.046", "E": "p600000e-6"},
        {"A": "s4", "B": "n2.2000000000000002", "C": "n0", "D": "p1", "E": "p0.5"},
        {"A": "s5", "B": "n1", "C": "n1", "D": "p1", "E": "p1"},
        {"A": "s6"},
    ]
    cells = {"s": '<c r="%s" t="s"><v>%s</v></c>', "n": '<c r="%s"><v>%s</v></c>', "p": '<c r="%s" s="1"><v>%s</v></c>'}
    sheet = "".join(
        '<row r="%d">%s</row>' % (n, "".join(cells[v[0]] % (c + str(n), v[1:]) for c, v in row.items()))
        for n, row in enumerate(rows, 3)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Id="a" Type="%sofficeDocument" Target="/xl/workbook.xml"/></Relationships>' % kinds,
        "xl/workbook.xml": '<workbook><sheets><sheet name="Tabell 2" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(
            '<Relationship Id="%s" Type="%s%s" Target="%s"/>' % (i, kinds, kind, target)
            for i, kind, target in [
                ("b", "worksheet", "worksheets/sheet1.xml"),
                ("c", "sharedStrings", "sharedStrings.xml"),
                ("d", "styles", "styles.xml"),
            ]
        )
        + "</Relationships>",
        "xl/sharedStrings.xml": "<sst>" + "".join("<si><t>%s</t></si>" % text for text in texts) + "</sst>",
        "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": '<worksheet><sheetData>%s</sheetData><mergeCells><mergeCell ref="B3:C3"/></mergeCells></worksheet>'
        % sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>\n' + text, zipfile.ZIP_DEFLATED)


write_xls(os.path.join(CASES, "xls", "response-1.xls"))
write_xlsx(os.path.join(CASES, "xlsx", "response-1.xlsx"))
