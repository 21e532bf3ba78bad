# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What Word keeps in odd places: text boxes written twice, footnotes, tracked changes, special hyphens."""

import io
import zipfile

import pytest

from samspil.frameworks.importing import ImportedFramework, import_document

pytestmark = pytest.mark.requirement("R2.nothing_lost")

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word(body: str, **parts: str) -> ImportedFramework:
    """Import a Word document with this body and these other parts of the folder word."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{content}</w:{name}>")
    return import_document(result.getvalue(), "ramme.docx")


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(imported: ImportedFramework) -> list[str]:
    return [paragraph.text for paragraph in imported.paragraphs]


def test_a_text_box_that_is_written_for_two_programs_is_read_once():
    box = f"<w:txbxContent>{p(r('I boksen.'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    assert texts(word(p(r("Ved siden af."), both))) == ["Ved siden af.", "I boksen."]


def test_what_was_deleted_is_gone_and_what_was_inserted_stands():
    deleted = "<w:del><w:r><w:delText>gammelt</w:delText></w:r></w:del>"

    assert texts(word(p(r("Det er "), deleted, f"<w:ins>{r('nyt')}</w:ins>", r(".")))) == ["Det er nyt."]


def test_word_s_own_hyphens():
    soft, firm = "<w:r><w:softHyphen/></w:r>", "<w:r><w:noBreakHyphen/></w:r>"

    assert texts(word(p(r("sam"), soft, r("arbejde i MED"), firm, r("udvalget.")))) == ["samarbejde i MED-udvalget."]


def test_a_footnote_is_kept_without_a_place():
    note = f'<w:footnote w:id="1">{p(r("Se også aftalen."))}</w:footnote>'

    imported = word(p(r("Rammen er ny.")), footnotes=note)

    assert imported.as_json()["unplaced"] == ["Se også aftalen."]


def test_content_controls_and_links_are_read_and_a_contents_list_is_dropped():
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p(r('Baggrund 2'))}</w:sdtContent></w:sdt>"
    control = (
        f"<w:sdt><w:sdtContent>{p('<w:hyperlink>' + r('Et link i et felt.') + '</w:hyperlink>')}</w:sdtContent></w:sdt>"
    )

    imported = word(contents + control)

    assert [(paragraph.text, paragraph.dropped_as) for paragraph in imported.paragraphs] == [
        ("Baggrund 2", "toc"),
        ("Et link i et felt.", ""),
    ]


def test_tables_within_tables_are_read_in_order():
    inner = f"<w:tbl><w:tr><w:tc>{p(r('inderst'))}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p(r('før'))}{inner}{p(r('efter'))}</w:tc></w:tr></w:tbl>"

    assert texts(word(outer)) == ["før", "inderst", "efter"]
