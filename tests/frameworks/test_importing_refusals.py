# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Files that cannot be imported, each refused for its own reason in a sentence that says what to do."""

import io
import zipfile
import zlib
from pathlib import Path

import docx
import pikepdf
import pytest
from PIL import Image

from samspil.frameworks.importing import MAX_BYTES, DocumentError, errors, import_document, limits

DOCUMENTS = Path(__file__).parent / "documents"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)

pytestmark = pytest.mark.requirement("R2.structure")


def refused(content: bytes, name: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        import_document(content, name)
    assert str(caught.value).endswith(".")
    return caught.value


def word_file() -> bytes:
    return (DOCUMENTS / "bold-lines.docx").read_bytes()


def changed(content: bytes, **parts: bytes) -> bytes:
    """Give the archive with parts replaced or added; __ in a name stands for / and _ for the dot."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
        for info in old.infolist():
            if info.filename not in names:
                new.writestr(info.filename, old.read(info))
        for name, data in names.items():
            new.writestr(name, data)
    return result.getvalue()


def pdf_with(content: bytes) -> bytes:
    """Give a PDF of one page with this content stream."""
    document, result = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page()
    page.obj.Contents = pikepdf.Stream(document, content)
    document.save(result)
    return result.getvalue()


def test_too_large():
    assert type(refused(b"a" * (MAX_BYTES + 1), "stor.txt")) is errors.TooLargeError


def test_too_long():
    assert type(refused(b"ord ord ord\n\n" * 100_000, "lang.txt")) is errors.TooLongError


@pytest.mark.parametrize("name", ["tom.txt", "tom.docx", "tom.pdf", "tom.md"])
def test_empty(name):
    assert type(refused(b"", name)) is errors.EmptyDocumentError
    assert type(refused(b" \n\t\n ", name)) is errors.EmptyDocumentError


def test_a_word_document_without_a_word():
    result = io.BytesIO()
    docx.Document().save(result)

    assert type(refused(result.getvalue(), "tom.docx")) is errors.EmptyDocumentError


def test_unknown_kinds():
    assert type(refused(b"hej", "ramme.odt")) is errors.UnknownTypeError
    assert type(refused(b"hej", "ramme")) is errors.UnknownTypeError


def test_an_archive_that_is_no_word_document():
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr("billede.png", b"x")

    assert type(refused(result.getvalue(), "ramme.zip")) is errors.UnknownTypeError


def test_the_old_word_format_and_an_encrypted_document_look_alike_from_outside():
    assert type(refused(OLE, "ramme.doc")) is errors.OldWordError
    assert type(refused(OLE + "EncryptedPackage".encode("utf-16-le"), "ramme.docx")) is errors.EncryptedError


def test_macros():
    assert type(refused(word_file(), "ramme.docm")) is errors.MacroError
    assert type(refused(changed(word_file(), word__vbaProject_bin=b"x"), "ramme.docx")) is errors.MacroError


def test_a_zip_bomb():
    assert type(refused(changed(word_file(), word__document_xml=b" " * 40_000_000), "a.docx")) is errors.ZipBombError
    assert type(refused(changed(word_file(), word__media_png=b" " * 2_000_000), "a.docx")) is errors.ZipBombError


def test_an_archive_with_too_many_members():
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for number in range(limits.MAX_ARCHIVE_MEMBERS + 1):
            archive.writestr(f"{number}.xml", b"")

    assert type(refused(result.getvalue(), "ramme.docx")) is errors.ZipBombError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(encoding):
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/hostname">]><x>&a;&b;</x>'
    )

    content = changed(word_file(), word__document_xml=laughs.encode(encoding))

    assert type(refused(content, "ramme.docx")) is errors.BrokenArchiveError


@pytest.mark.parametrize("keep", [10, 500, 20_000])
def test_a_word_file_cut_short(keep):
    assert type(refused(word_file()[:keep], "ramme.docx")) is errors.BrokenArchiveError


def test_a_word_file_with_damaged_bytes():
    content = bytearray(word_file())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    content[start : start + 40] = bytes(40)

    assert type(refused(bytes(content), "ramme.docx")) is errors.BrokenArchiveError


@pytest.mark.parametrize("content", [b"hej\0hej", bytes(range(256)) * 20, b"\x81\x8d\x8f", b"\x01\x02\x03 a"])
def test_bytes_that_are_no_text(content):
    assert type(refused(content, "ramme.txt")) is errors.NotTextError
    assert type(refused(content, "ramme.md")) is errors.NotTextError


def test_a_scanned_pdf():
    result = io.BytesIO()
    Image.new("L", (200, 300), 255).save(result, "PDF")

    assert type(refused(result.getvalue(), "scannet.pdf")) is errors.ScannedError


def test_an_empty_pdf():
    assert type(refused(pdf_with(b""), "tom.pdf")) is errors.EmptyDocumentError


def test_an_encrypted_pdf():
    result = io.BytesIO()
    with pikepdf.open(DOCUMENTS / "two-columns.pdf") as document:
        document.save(result, encryption=pikepdf.Encryption(owner="ejer", user="bruger"))

    assert type(refused(result.getvalue(), "låst.pdf")) is errors.EncryptedError


def test_a_pdf_with_too_many_pages():
    document, result = pikepdf.new(), io.BytesIO()
    for _ in range(limits.MAX_PAGES + 1):
        document.add_blank_page()
    document.save(result)

    assert type(refused(result.getvalue(), "lang.pdf")) is errors.TooLongError


@pytest.mark.parametrize("keep", [8, 200, 5_000])
def test_a_pdf_cut_short(keep):
    refused((DOCUMENTS / "two-columns.pdf").read_bytes()[:keep], "ramme.pdf")


def test_a_pdf_that_swells():
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(b" " * limits.MEGABYTE) for _ in range(1500)) + packer.flush()
    document, result = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page()
    page.obj.Contents = pikepdf.Stream(document, packed, Filter=pikepdf.Name.FlateDecode)
    document.save(result, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    assert type(refused(result.getvalue(), "bombe.pdf")) is errors.TakesTooLongError
