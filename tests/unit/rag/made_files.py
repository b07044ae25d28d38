"""Files as programs write them, made for the tests that read them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

from docx import Document

PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
)


def pdf(pages: Sequence[str | None], outline: Sequence[tuple[str, int]] = ()) -> bytes:
    """A page for each text; None is a page that is a picture. `outline` names pages from 1."""
    objects: list[bytes] = [b""] * 4
    objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects[3] = PICTURE
    kids = []
    for text in pages:
        if text is None:
            content, resources = b"q 500 0 0 700 50 50 cm /P Do Q", b"/XObject << /P 4 0 R >>"
        else:
            lines = b" ".join(
                b"(" + line.encode("latin-1") + b") Tj 0 -14 Td" for line in text.split("\n")
            )
            content = b"BT /F 12 Tf 50 750 Td " + lines + b" ET"
            resources = b"/Font << /F 3 0 R >>"
        packed = zlib.compress(content)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << %s >> >>" % (len(objects), resources)
        )
        kids.append(len(objects))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    outlines = b""
    if outline:
        first = len(objects) + 2
        outlines = b" /Outlines %d 0 R" % (len(objects) + 1)
        last = first + len(outline) - 1
        objects.append(b"<< /Type /Outlines /First %d 0 R /Last %d 0 R >>" % (first, last))
        for place, (title, page) in enumerate(outline):
            after = b" /Next %d 0 R" % (first + place + 1) if first + place < last else b""
            objects.append(
                b"<< /Title (%s) /Parent %d 0 R /Dest [%d 0 R /Fit]%s >>"
                % (title.encode(), first - 1, kids[page - 1], after)
            )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R%s >>" % outlines
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = io.BytesIO(), []
    written.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        written.write(b"%010d 00000 n \n" % place)
    written.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    written.write(b"startxref\n%d\n%%%%EOF" % table)
    return written.getvalue()


def docx() -> bytes:
    """Two headings, a paragraph under each, and a table under the second."""
    document = Document()
    document.add_heading("Prices", 1)
    document.add_paragraph("All with tax.")
    document.add_heading("Drinks", 2)
    document.add_paragraph("Hot ones.")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Drink", "Price"), ("Coffee", "20,000"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def bomb(megabytes: int) -> bytes:
    """A Word document of a few kilobytes whose text unpacks to so much."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as text,
    ):
        for _ in range(megabytes):
            text.write(bytes(1024 * 1024))
    return packed.getvalue()
