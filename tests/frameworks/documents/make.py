# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Makes the Word and PDF documents beside it. Run it from the root of the repository when one is to be changed.

The municipalities are invented. The text documents are written by hand.
"""

from pathlib import Path

import docx
import typst
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent


def numbered_lists() -> None:
    """Heading styles, Word's own numbering, and numbers that somebody typed."""
    document = docx.Document()
    document.add_heading("Ramme for frivillighed i Nørrevang Kommune", 0)
    document.add_heading("Forord", 1)
    document.add_paragraph("Her i Nørrevang hjælper mange mennesker hinanden. Det vil vi gerne passe på.")
    document.add_heading("1. Hvad er en frivillig?", 1)
    document.add_paragraph("Ved en frivillig forstår vi et menneske, der giver af sin tid uden at få løn for det.")
    document.add_heading("2. Vores værdier", 1)
    for value in ("Nysgerrighed", "Ordentlighed"):
        document.add_paragraph(value, style="List Number")
    document.add_heading("3. Principper", 1)
    document.add_paragraph("Principperne gælder på alle arbejdspladser.")
    for principle in (
        "1) Frivillige erstatter ikke ansatte, men lægger noget til.",
        "2) Vi siger tingene til hinanden, mens de er små.",
        "3) De frivillige kan tilbyde ting, som personalet ikke har tid til.",
    ):
        document.add_paragraph(principle)
    document.add_heading("4. Huskeliste", 1)
    document.add_heading("4.1 Til ledere", 2)
    for guideline in ("Sæt timer af i kalenderen.", "Fortæl personalet om aftalen, før den første frivillige kommer."):
        document.add_paragraph(guideline, style="List Number 2")
    document.add_heading("4.2 Til medarbejdere", 2)
    document.add_paragraph("Sig goddag, og vis vej til kaffen.", style="List Number 2")
    document.save(str(HERE / "numbered-lists.docx"))


def bold_lines() -> None:
    """No styles at all: bold lines above the text, dashes typed by hand, lines broken within a paragraph."""
    document = docx.Document()

    def bold(text: str) -> Paragraph:
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = True
        return paragraph

    bold("Sammen om de frivillige i Engholm Kommune")
    bold("Hvorfor en fælles ramme")
    document.add_paragraph(
        "Engholm Kommune bygger på værdierne åbenhed, omsorg og mod. De skal kunne mær\u00adkes i hverdagen."
    )
    document.add_paragraph("En frivillig er en person, der hjælper andre af lyst og uden løn.")
    bold("Det lover vi hinanden – det vi vil")
    document.add_paragraph("Vi vil gøre det let at melde sig.")
    document.add_paragraph("– Vi vil svare alle, der skriver til os.")
    bold("Fælles principper")
    broken = document.add_paragraph("- Opgaver, der kræver en uddannelse, bliver hos medarbej-")
    broken.add_run().add_break()
    broken.add_run("derne; frivillige er et supplement.")
    broken.add_run().add_break()
    broken.add_run("- Uenighed tager vi op på MED-")
    broken.add_run().add_break()
    broken.add_run("møder og ikke i krogene.")
    bold("Gode råd")
    bold("For lederen")
    document.add_paragraph("* Vær til stede den første dag.")
    lead = bold("For MED-udvalget")
    lead.add_run().add_break()
    lead.add_run("* Sæt samspillet på dagsordenen to gange om året.")
    bold("For personalet")
    document.add_paragraph("* Spørg, hvis du er usikker.")
    document.add_paragraph("* Ros det, der virker.")
    document.save(str(HERE / "bold-lines.docx"))


def table_layout() -> None:
    """A page laid out with tables and a text box; page header, page number, contents and a footnote around it."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Klitlund Kommune · Ramme for samspil"
    section.footer.paragraphs[0].text = "Side 1 af 3"
    document.add_heading("Samspil i Klitlund Kommune", 0)
    document.add_paragraph("Indhold")
    for line in ("Baggrund ........ 1", "Fælles grundregler ........ 2"):
        document.add_paragraph(line)
    document.add_heading("Baggrund", 1)
    document.add_paragraph("Byrådet har bedt om en ramme, som alle kan huske.")
    document.paragraphs[-1]._p.append(
        _text_box("Frivillige er borgere, der hjælper til. De er gæster hos os og kolleger for en stund.")
    )
    document.add_heading("Fælles grundregler", 1)
    rules = document.add_table(rows=3, cols=2)
    for row, (number, rule) in zip(
        rules.rows,
        (
            ("1", "Den frivillige kommer oveni og er et tillæg til det, kommunen skal."),
            ("2", "Vi lytter til hinanden, også når vi har travlt."),
            ("3", "Frivillige må gerne give borgeren det, som de ansatte ikke får tid til."),
        ),
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = number, rule
    document.add_heading("Anbefalinger", 1)
    advice = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        advice.rows,
        (
            ("Ledelse", "TRIO og udvalg", "Ansatte"),
            ("Afklar, hvem der svarer på spørgsmål.", "Drøft ændringer, før de sker.", "Bed om hjælp i god tid."),
            ("Sig tak.", "", "Fortæl om det, I lærer."),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(HERE / "table-layout.docx"))


def _text_box(text: str) -> object:
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def no_guidelines() -> None:
    """Only narrative and principles that each have a heading of their own; no list anywhere, no guidelines."""
    document: Document = docx.Document()
    document.add_heading("Frivillighedsramme for Bøgevad Kommune", 1)
    document.add_paragraph("Rammen er kort, fordi resten aftales på den enkelte arbejdsplads.")
    document.add_heading("Fælles grundlag for samarbejdet", 2)
    document.add_paragraph("Her står det, som ingen arbejdsplads kan lave om på.")
    document.add_heading("Oveni", 3)
    document.add_paragraph("Frivillige overtager ikke opgaver, som kommunen skal løse.")
    document.add_heading("Ordentligt", 3)
    document.add_paragraph("Alle bliver hørt. Alle får et svar.")
    document.add_heading("Når ingen har aftalt noget", 2)
    document.add_paragraph(
        "Møder vi en frivillig uden at der er en aftale, viser vi samme respekt som over for en pårørende."
    )
    document.save(str(HERE / "no-guidelines.docx"))


def two_columns() -> None:
    """Two columns on two pages, with a running head, page numbers and hyphens from typesetting."""
    typst.compile(HERE / "two-columns.typ", output=HERE / "two-columns.pdf")


if __name__ == "__main__":
    numbered_lists()
    bold_lines()
    table_layout()
    no_guidelines()
    two_columns()
