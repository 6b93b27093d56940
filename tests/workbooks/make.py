#!/usr/bin/env python3
"""Makes the workbooks of this folder, all from the table of table.csv: pip install openpyxl xlwt; LibreOffice where it is.

    python3 tests/workbooks/make.py
"""

import csv, datetime, io, os, shutil, struct, subprocess, sys, tempfile, zipfile, zlib

import openpyxl
import xlwt

HERE = os.path.dirname(os.path.abspath(__file__))
FIXED = datetime.datetime(2025, 1, 1)
# What table.csv says as text: numbers, texts that look like them, dates, times, a formula, a region that is merged.
HEAD = ["id", "supplier", "country", "amount", "since", "seen", "share", "active", "region"]
ROWS = [
    ["007", "Müller & Söhne, Graz", "Austria", 1200, datetime.date(2018, 6, 28), datetime.datetime(2018, 6, 28, 14, 30), 0.5, True, "Europe"],
    ["010", "=SUM(1,2)", "Côte d'Ivoire", 0.1, datetime.date(2020, 2, 29), datetime.datetime(2024, 12, 31, 23, 59, 59), 0.25, False, "Africa"],
    ["0012", 'two\nlines "quoted"', "Moldova", 1e15, datetime.date(1999, 12, 31), datetime.datetime(2025, 1, 1, 0, 0, 1), 3, True, None],
    [None, "5.0", "Atlantis", -2.5, None, None, None, None, None],
]


def path(name):
    return os.path.join(HERE, name)


def cells(sheet, top=1, formula=True):
    for place, name in enumerate(HEAD, 1):
        sheet.cell(top, place, name)
    for down, row in enumerate(ROWS, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(top + down, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.merge_cells(start_row=top + 2, end_row=top + 3, start_column=9, end_column=9)


def by_openpyxl():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = FIXED
    sheet = book.active
    sheet.title = "Notes"
    sheet.sheet_state = "hidden"
    sheet["A1"] = "Not for you"
    cells(book.create_sheet("Suppliers"))
    titled = book.create_sheet("With titles")
    titled["A1"] = "Suppliers of 2025\nas of today"
    titled.merge_cells("A1:I1")
    cells(titled, top=3)
    never = book.create_sheet("Formulas")
    never["A1"], never["B1"] = "country", "sum"
    never["A2"], never["B2"] = "Chad", "=1+1"
    book.create_sheet("Empty")
    book.active = 1
    book.save(path("openpyxl.xlsx"))


def by_xlwt():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Suppliers")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    for place, name in enumerate(HEAD):
        sheet.write(0, place, name)
    for down, row in enumerate(ROWS, 1):
        for place, value in enumerate(row):
            if place == 8 and down in (2, 3):
                continue
            if isinstance(value, datetime.datetime):
                sheet.write(down, place, value, moment)
            elif isinstance(value, datetime.date):
                sheet.write(down, place, value, day)
            elif value is not None:
                sheet.write(down, place, value)
    sheet.write_merge(2, 3, 8, 8, "Africa")
    book.save(path("xlwt.xls"))


def by_libreoffice():
    """Converts what openpyxl made, so that formulas have values, into all three."""
    soffice = shutil.which("soffice")
    if not soffice:
        return print("LibreOffice is not installed: its files stay as they are", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "libreoffice.xlsx")
        book = openpyxl.load_workbook(path("openpyxl.xlsx"))
        book.save(source)
        for kind, name in (("xlsx:Calc MS Excel 2007 XML", "xlsx"), ("ods", "ods"), ("xls", "xls")):
            out = os.path.join(folder, "out")
            profile = "-env:UserInstallation=file://" + os.path.join(folder, "profile")
            subprocess.run([soffice, profile, "--headless", "--convert-to", kind, "--outdir", out, source], check=True, capture_output=True)
            shutil.copy(os.path.join(out, "libreoffice." + name), path("libreoffice." + name))


def like_excel():
    """What Excel writes and the others do not: texts in runs, strings of formulas, an error, cells without addresses."""
    sheet = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="B2:D6"/><sheetData>
<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>value</t></is></c><c r="D2" t="str"><f>"no"&amp;"te"</f><v>note</v></c></row>
<row r="4"><c r="B4" t="s"><v>1</v></c><c r="C4"><f>1/3</f><v>0.33333333333333331</v></c><c r="D4" t="e"><v>#N/A</v></c></row>
<row r="5"><c r="B5" t="s"><v>2</v></c><c r="C5" s="1"><v>43279.604166666664</v></c><c r="D5" t="b"><v>1</v></c></row>
<row r="6"><c r="B6" t="s"><v>2</v></c><c r="C6" s="2"><v>0.604166666666667</v></c><c r="D6" s="3"><v>1.5</v></c></row>
</sheetData><mergeCells count="1"><mergeCell ref="B5:B6"/></mergeCells></worksheet>"""
    parts = {
        "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""",
        "_rels/.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
        "xl/workbook.xml": """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>""",
        "xl/_rels/workbook.xml.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""",
        "xl/sharedStrings.xml": """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>country</t></si><si><r><t xml:space="preserve">North </t></r><r><rPr><b/></rPr><t>Macedonia</t></r></si><si><t>Chad</t></si></sst>""",
        "xl/styles.xml": """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="20" applyNumberFormat="1"/><xf numFmtId="46" applyNumberFormat="1"/></cellXfs></styleSheet>""",
        "xl/worksheets/sheet1.xml": sheet,
    }
    archive("excel.xlsx", parts)


def archive(name, parts):
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in parts.items():
            file.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def encrypted():
    """As an encrypted .xlsx begins: a compound file with the stream EncryptedPackage, here an empty one."""
    end, free, fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<9I", 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<108I", *[free] * 108)

    def entry(name, kind, child):
        text = (name + "\0").encode("utf-16-le")
        return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, free, free, child) + bytes(36) + struct.pack("<IQ", end, 0)

    directory = entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, free) + bytes(256)
    with open(path("encrypted.xlsx"), "wb") as file:
        file.write(head + struct.pack("<128I", fat, end, *[free] * 126) + directory)


def as_csv():
    def text(value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, (datetime.date, datetime.datetime)):
            return value.isoformat()
        if isinstance(value, float) and value == int(value):
            return str(int(value))
        return str(value)

    rows = [[text(value) for value in row] for row in ROWS]
    rows[2][8] = rows[1][8]
    with open(path("table.csv"), "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])


for make in (as_csv, by_openpyxl, by_xlwt, by_libreoffice, like_excel, encrypted):
    make()
