# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from hashlib import sha256

import docx
import pytest
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.actions import ExistingAsEntered, SentFile
from samspil.agreements.catalogue import template_for
from samspil.agreements.content import version_sha256
from samspil.agreements.journal import journal_package
from samspil.agreements.models import AgreementVersion, AttachedFile, Filing
from samspil.audit.queries import events_of
from samspil.foundation.errors import Refusal
from samspil.municipalities.actions import set_kle_number
from samspil.municipalities.models import Municipality, Unit
from tests.agreements.readers import words_of
from tests.reads import reads


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def note(cast, on, at):
    """Note where a version is filed."""

    def step(version, who=cast.lene, case_number="26/1234", filed_on=on):
        return actions.note_filing(version=version, case_number=case_number, filed_on=filed_on, actor=who, on=on, at=at)

    return step


# The package


@pytest.mark.requirement("R61.journal")
def test_the_package_holds_agreement_paper_and_what_to_file_them_under(cast, in_force, note):
    note(in_force)

    files = unpacked(journal_package(in_force))

    slug = cast.solbakken.slug
    assert list(files) == [f"aftale-{slug}-1.pdf", "sag-til-med.pdf", "metadata.json", "metadata.csv"]
    assert "Aftale for frivillighed" in words_of(files[f"aftale-{slug}-1.pdf"])
    assert "Sagsfremstilling" in words_of(files["sag-til-med.pdf"])
    about = json.loads(files["metadata.json"])
    listed = about.pop("files")
    assert about == {
        "title": f"Aftale for frivillighed: {cast.solbakken.name}, 1. udgave",
        "kle_number": "81.50.05",
        "case_number": "26/1234",
        "date": "2026-11-23",
        "discussed_on": "2026-11-23",
        "decided_on": "2026-11-23",
        "municipality": "Eksempelby Kommune",
        "unit": cast.solbakken.name,
        "unit_code": cast.solbakken.code,
        "sensitivity": "ikke følsom",
        "version": 1,
        "control_code": in_force.content_sha256,
    }
    assert [(file["name"], file["sha256"]) for file in listed] == [
        (name, sha256(files[name]).hexdigest()) for name in list(files)[:2]
    ]
    rows = table(files["metadata.csv"])
    assert [(row["Fil"], row["KLE-nummer"], row["Sagsnummer"], row["SHA-256"]) for row in rows] == [
        (file["name"], "81.50.05", "26/1234", file["sha256"]) for file in listed
    ]


@pytest.mark.requirement("R61.journal")
def test_the_same_facts_give_the_same_bytes_whatever_the_language(in_force, client_as, cast):
    once = journal_package(in_force)

    client = client_as(cast.lene)
    address = reverse("journal_package", args=[cast.solbakken.slug, 1])
    assert client.get(address).content == once
    client.cookies["django_language"] = "en"
    assert client.get(address).content == once


@pytest.fixture
def with_hostile_files(cast, in_force, at):
    """An agreement in force with a file whose row says what no form of ours would take."""
    for number, name in enumerate(('=cmd|"/c calc"!A1.txt', "+1.txt"), start=1):
        AttachedFile.objects.create(
            version=in_force,
            name=name,
            media_type="text/plain; charset=utf-8",
            size=1,
            sha256=str(number) * 64,
            content=b"x",
            attached_at=at,
            attached_by_id=cast.lene.person,
        )
    return in_force


def test_names_in_the_package_are_safe_and_its_table_holds_no_formula(with_hostile_files, cast):
    Unit.objects.filter(pk=cast.solbakken.pk).update(name="=1+1", code="@SUM(A1)")
    version = AgreementVersion.objects.select_related("agreement__workplace").get(pk=with_hostile_files.pk)

    files = unpacked(journal_package(version))

    assert [name for name in files if name.startswith("bilag/")] == ["bilag/01-c calc-!A1.txt", "bilag/02-1.txt"]
    for row in table(files["metadata.csv"]):
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@")), value


@pytest.mark.requirement("R61.journal")
def test_attached_files_come_along_without_leaving_the_folder(cast, framework, body, in_force, on, at):
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    actions.attach_file(version=draft, file=SentFile("../../../Vagtplan.txt", b"Tirsdag"), actor=cast.lene, at=at)
    AttachedFile.objects.update(version=in_force)

    files = unpacked(journal_package(in_force))

    assert files["bilag/01-Vagtplan.txt"] == b"Tirsdag"


def test_an_agreement_from_before_goes_with_its_own_file_and_no_paper(cast, framework, body, on, at):
    actions.set_existing_window(opens=on, closes=on + timedelta(days=9), actor=cast.hanne, on=on, at=at)
    code = next(task.code for task in template_for("care_home").tasks if task.boundary == "supplement")
    entered = ExistingAsEntered(
        discussed_on=date(2025, 3, 4),
        form="meeting",
        minutes_reference="Referat",
        in_force_since=date(1975, 4, 1),
        review_on=date(2027, 11, 23),
        file=SentFile("..\\aftale:2025.pdf", b"%PDF-1.4 gammel"),
        ticked=frozenset({code}),
    )
    version = actions.enter_existing(workplace=cast.solbakken, entered=entered, actor=cast.lene, on=on, at=at)

    files = unpacked(journal_package(version))

    assert list(files) == [
        f"aftale-{cast.solbakken.slug}-1.pdf",
        "bilag/01-aftale-2025.pdf",
        "metadata.json",
        "metadata.csv",
    ]
    assert files["bilag/01-aftale-2025.pdf"] == b"%PDF-1.4 gammel"
    assert json.loads(files["metadata.json"])["date"] == "1975-04-01"


# The number


@pytest.mark.requirement("R61.journal")
def test_the_secretariat_sets_the_number_and_the_package_carries_it(cast, in_force, client_as):
    client = client_as(cast.hanne)

    assert client.post(reverse("journal"), {"kle_number": " 81.50.15-p19 "}).url == reverse("journal")

    version = AgreementVersion.objects.get(pk=in_force.pk)
    about = json.loads(unpacked(journal_package(version))["metadata.json"])
    assert about["kle_number"] == "81.50.15-P19"
    assert 'value="81.50.15-P19"' in client.get(reverse("journal")).content.decode()
    assert reverse("journal") in client.get(reverse("administration")).content.decode()


@pytest.mark.parametrize(
    "number", ["", "81", "81.50", "81.50.05.01", "=81.50.05", "８１.５０.０５", "81.50.05-P1", "x" * 500]
)
def test_what_is_no_such_number_is_refused(cast, client_as, number, at):
    assert client_as(cast.hanne).post(reverse("journal"), {"kle_number": number}).status_code == 422
    municipality = Municipality.objects.get(pk=cast.municipality.pk)
    with pytest.raises(Refusal):
        set_kle_number(municipality=municipality, kle_number=number, actor=cast.hanne, at=at)
    assert municipality.kle_number == "81.50.05"


@pytest.mark.parametrize("who", ["lene", "tove", "dorte", "frida"])
def test_nobody_else_sets_it(cast, client_as, who, at):
    assert client_as(getattr(cast, who)).get(reverse("journal")).status_code == 403
    with pytest.raises(Refusal):
        set_kle_number(municipality=cast.municipality, kle_number="81.50.15", actor=getattr(cast, who), at=at)


def test_the_number_of_one_municipality_is_not_anothers(cast, other_municipality, client_as):
    client_as(cast.hanne).post(reverse("journal"), {"kle_number": "81.50.15"})

    assert Municipality.objects.get(pk=other_municipality.municipality.pk).kle_number == "81.50.05"


# The note


@pytest.mark.requirement("R61.journal")
@pytest.mark.parametrize("who", ["lene", "hanne"])
def test_it_is_noted_corrected_and_shown_outside_the_control_code(cast, in_force, note, client_as, url, on, who):
    code = version_sha256(in_force)

    note(in_force, getattr(cast, who), "26/1", on - timedelta(days=1))
    filing = note(in_force, getattr(cast, who), "26/2", on)

    assert Filing.objects.get() == filing
    assert (version_sha256(in_force), in_force.content_sha256) == (code, code)
    noted = [event.changes for event in events_of(in_force) if event.name == "agreements.filing.note"]
    assert [change["case_number_sha256"] for change in noted] == [
        sha256(number.encode()).hexdigest() for number in ("26/1", "26/2")
    ]
    page = client_as(cast.tove).get(url()).content.decode()
    assert "26/2" in page
    assert "Journaliseret den 23. november 2026" in page
    assert url("file_agreement", 1) not in page
    assert url("file_agreement", 1) in client_as(getattr(cast, who)).get(url()).content.decode()


@pytest.mark.parametrize("who", ["tove", "mia", "karim", "ole", "dorte", "frida", "joergen"])
def test_nobody_else_files_or_fetches_the_package(cast, in_force, note, client_as, url, who):
    with pytest.raises(Refusal):
        note(in_force, getattr(cast, who))
    for name in ("file_agreement", "journal_package"):
        assert client_as(getattr(cast, who)).get(url(name, 1)).status_code in {403, 404}
    assert not Filing.objects.exists()


def test_a_draft_is_not_filed_and_no_day_to_come_is_noted(cast, draft, note, client_as, url, on):
    with pytest.raises(Refusal):
        note(draft)
    for name in ("file_agreement", "journal_package"):
        assert client_as(cast.lene).get(url(name, 1)).status_code == 404


def test_no_day_to_come_and_no_cpr_number_is_noted(cast, in_force, note, client_as, url, on):
    with pytest.raises(Refusal):
        note(in_force, filed_on=on + timedelta(days=1))
    client = client_as(cast.lene)
    for sent in (
        {"filed_on": "2026-11-24"},
        {"filed_on": "x"},
        {"case_number": "x" * 61},
        {"case_number": "010190-1234"},
    ):
        assert client.post(url("file_agreement", 1), sent).status_code == 422, sent
    assert not Filing.objects.exists()


def test_the_page_takes_the_note_and_takes_it_back(cast, in_force, client_as, url):
    client = client_as(cast.lene)

    client.post(url("file_agreement", 1), {"case_number": "26/7", "filed_on": "2026-11-20"})
    assert Filing.objects.get().filed_on == date(2026, 11, 20)
    client.post(url("file_agreement", 1), {"case_number": "26/7", "filed_on": ""})

    assert Filing.objects.get().filed_on is None
    assert "Ikke journaliseret endnu" in client.get(url()).content.decode()


def test_the_other_municipality_finds_nothing(cast, in_force, other_municipality, client_as, url):
    client = client_as(other_municipality.kaj)

    for name in ("file_agreement", "journal_package", "agreement_word", "agreement_differences"):
        assert client.get(url(name, 1)).status_code == 404


ASKED_OF_THE_NOTE = 5
ASKED_OF_THE_PACKAGE = 13


@pytest.mark.parametrize("files", [0, 4])
def test_the_note_and_the_package_ask_a_fixed_number_of_queries(cast, in_force, client_as, url, at, files):
    client = client_as(cast.lene)
    for number in range(files):
        AttachedFile.objects.create(
            version=in_force,
            name=f"{number}.txt",
            media_type="text/plain; charset=utf-8",
            size=1,
            sha256="0" * 64,
            content=b"x",
            attached_at=at,
            attached_by_id=cast.lene.person,
        )

    assert reads(client, url("file_agreement", 1)) == ASKED_OF_THE_NOTE
    assert reads(client, url("journal_package", 1)) == ASKED_OF_THE_PACKAGE


# As Word


@pytest.mark.requirement("R61.word")
def test_a_draft_comes_as_word_with_the_words_of_the_page(cast, draft, client_as, url):
    answer = client_as(cast.tove).get(url("agreement_word", 1))

    assert "attachment" in answer.headers["Content-Disposition"]
    word = docx.Document(io.BytesIO(answer.content))
    text = [paragraph.text for paragraph in word.paragraphs]
    for section in draft.sections.exclude(text=""):
        assert section.text.split("\n\n")[0] in text
    for task in draft.tasks.all():
        assert any(task.title in line for line in text)
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["Status", "Udkast"]


@pytest.mark.requirement("R61.word")
def test_every_version_that_one_may_read_comes_as_word(cast, in_force, client_as, url, on, at):
    assert client_as(cast.mia).get(url("agreement_word", 1)).status_code == 200
    word = docx.Document(io.BytesIO(client_as(cast.mia).get(url("agreement_word", 1)).content))
    assert [row.cells[0].text for row in word.tables[0].rows][:2] == ["Hvad", "Udgave"]
    assert client_as(cast.lene).get(url("agreement_word", 2)).status_code == 404
    assert client_as(cast.ole).get(url("agreement_word", 1)).status_code == 404
