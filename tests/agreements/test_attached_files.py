# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.actions import SentFile
from samspil.agreements.actions.attaching import LARGEST_FILE
from samspil.agreements.content import version_sha256
from samspil.agreements.files import DOCX, JPEG, PDF, PNG, TEXT, XLSX, cleaned_name, media_type_of
from samspil.agreements.models import AgreementVersion, AttachedFile
from samspil.audit.queries import events_of
from samspil.config.story import discuss
from samspil.foundation.errors import Refusal
from samspil.med import actions as med
from samspil.med.models import Confirmation
from samspil.med.papers import Record, Said, plain_text, whole_sha256
from samspil.med.printing import paper_pdf
from samspil.med.queries import members
from tests.agreements.readers import words_of
from tests.reads import reads

A_PDF = b"%PDF-1.7 en plan"
PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def office(part, *more):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in (part, *more):
            archive.writestr(name, "<x/>")
    return content.getvalue()


@pytest.fixture
def attach(cast, at):
    """Attach a file to a version."""

    def step(version, name="Vagtplan.pdf", content=A_PDF, who=cast.lene):
        return actions.attach_file(version=version, file=SentFile(name, content), actor=who, at=at)

    return step


def paper_now(version):
    return AgreementVersion.objects.get(pk=version.pk).dialogue.current_paper


# What a file is, and what it is called


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (A_PDF, PDF),
        (PNG_BYTES, PNG),
        (b"\xff\xd8\xff\xe0JFIF", JPEG),
        (office("word/document.xml"), DOCX),
        (office("xl/workbook.xml"), XLSX),
        ("Rækkefølge".encode(), TEXT),
        (b"", ""),
        (b"MZ\x90\x00 a program", ""),
        (b"\x7fELF\x00", ""),
        (b"GIF89a\x00", ""),
        (b"PK\x03\x04 broken", ""),
        (office("ppt/presentation.xml"), ""),
        (office("word/document.xml", "word/vbaProject.bin"), ""),
        (office("../word/document.xml"), ""),
        ("Rækkefølge".encode("cp1252"), ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Word \x00", ""),
    ],
)
def test_a_file_is_what_its_own_bytes_say(content, media_type):
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Vagtplan 2027.pdf", "Vagtplan 2027.pdf"),
        ("C:\\Brugere\\Lene\\Ærø.PDF", "Ærø.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("plan.exe", "plan.exe.pdf"),
        ("=HYPERLINK(1).pdf", "HYPERLINK(1).pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie- x=1.pdf"),
        ('"><script>.pdf', "script-.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "bilag.pdf"),
        ("\x00", "bilag.pdf"),
        ("", "bilag.pdf"),
        ("x" * 500 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_says_what_the_file_is(name, cleaned):
    assert cleaned_name(name, PDF) == cleaned


def test_a_photo_keeps_its_name_whichever_way_it_is_spelled():
    assert [cleaned_name(name, JPEG) for name in ("Have.JPEG", "Have.jpg")] == ["Have.jpg", "Have.jpg"]


# Attaching


@pytest.mark.requirement("R61.files")
def test_a_file_stands_in_the_paper_and_outside_the_control_code(cast, draft, attach, on, at):
    before = version_sha256(draft)
    attached = attach(draft)

    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    sha256 = hashlib.sha256(A_PDF).hexdigest()
    link = reverse("attached_file", args=[cast.solbakken.slug, attached.pk])
    paper = sent.dialogue.current_paper
    assert paper.body["files"] == [{"name": "Vagtplan.pdf", "sha256": sha256, "link": link}]
    assert (sent.content_sha256, paper.sha256) == (before, before)
    text = plain_text(title=paper.title, body=paper.body, questions=[])
    assert f"Vagtplan.pdf (SHA-256: {sha256})" in text
    printed = words_of(paper_pdf(sent.dialogue, paper, "Eksempelby Kommune"))
    assert "Vagtplan.pdf" in printed
    assert sha256[:20] in printed.replace("\u200b", "")
    assert [event.name for event in events_of(sent)].count("agreements.file.attach") == 1


@pytest.mark.requirement("R61.files")
@pytest.mark.parametrize("step", ["attach", "remove"])
def test_a_changed_file_is_put_before_the_body_again_and_nothing_said_before_counts(cast, draft, attach, on, at, step):
    attached = attach(draft)
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    paper = sent.dialogue.current_paper
    record = Record(
        held_on=on,
        form="meeting",
        positions={"management": Said("agree"), "employees": Said("agree")},
        participants=tuple(seat.pk for seat in members(sent.dialogue.committee, on)),
    )
    code = whole_sha256(paper.sha256, paper.body)
    med.record(dialogue=sent.dialogue, record=record, expected_sha256=code, actor=cast.lene, at=at, on=on)
    med.confirm(dialogue=sent.dialogue, actor=cast.tove, at=at, on=on)

    if step == "attach":
        attach(sent, "Tegning.png", PNG_BYTES)
    else:
        actions.remove_file(file=attached, actor=cast.lene, at=at)

    again = paper_now(sent)
    assert (again.number, again.sha256) == (2, paper.sha256)
    assert len(again.body["files"]) == (2 if step == "attach" else 0)
    assert set(Confirmation.objects.values_list("answer", flat=True)) == {"voided"}
    with pytest.raises(Refusal):
        actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)
    with pytest.raises(Refusal, match=r"presented again|forelagt igen"):
        med.record(dialogue=again.dialogue, record=record, expected_sha256=code, actor=cast.lene, at=at, on=on)


@pytest.mark.requirement("R61.files")
def test_files_are_frozen_when_it_is_decided(cast, in_force, discussed_with_file, attach, at):
    version, attached = discussed_with_file

    with pytest.raises(Refusal):
        attach(version, "Mere.pdf")
    with pytest.raises(Refusal):
        actions.remove_file(file=attached, actor=cast.lene, at=at)

    assert AttachedFile.objects.filter(version=version).count() == 1


@pytest.fixture
def discussed_with_file(cast, in_force, attach, on, at):
    """The next version, decided on, with a file beside it."""
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    attached = attach(draft)
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    paper = sent.dialogue.current_paper
    record = Record(
        held_on=on,
        form="meeting",
        positions={"management": Said("agree"), "employees": Said("agree")},
        participants=tuple(seat.pk for seat in members(sent.dialogue.committee, on)),
    )
    code = whole_sha256(paper.sha256, paper.body)
    med.record(dialogue=sent.dialogue, record=record, expected_sha256=code, actor=cast.lene, at=at, on=on)
    med.confirm(dialogue=sent.dialogue, actor=cast.tove, at=at, on=on)
    return actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at), attached


@pytest.mark.parametrize("who", ["hanne", "tove", "mia", "ole", "karim", "dorte", "frida", "joergen"])
def test_only_the_leader_attaches_and_removes(cast, draft, attach, at, who):
    attached = attach(draft)

    with pytest.raises(Refusal):
        attach(draft, "Andet.pdf", who=getattr(cast, who))
    with pytest.raises(Refusal):
        actions.remove_file(file=attached, actor=getattr(cast, who), at=at)

    assert AttachedFile.objects.count() == 1


def test_five_files_are_the_most(draft, attach):
    for number in range(5):
        attach(draft, f"Bilag {number}.pdf")

    with pytest.raises(Refusal, match=r"five|fem"):
        attach(draft, "Seks.pdf")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.pdf", b"MZ\x90\x00"),
        ("tom.pdf", b""),
        ("stor.pdf", b"%PDF-" + b"0" * LARGEST_FILE),
        ("liste.txt", b"Anna, 010190-1234"),
        ("sag 010190-1234.pdf", A_PDF),
        ("VAGTPLAN.PDF", A_PDF),
    ],
)
def test_what_must_not_be_attached_is_refused(draft, attach, name, content):
    attach(draft)

    with pytest.raises(Refusal):
        attach(draft, name, content)

    assert AttachedFile.objects.count() == 1


def test_two_files_of_one_name_cannot_stand_beside_one_text(cast, draft, attach, at):
    attached = attach(draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        AttachedFile.objects.create(
            version=draft,
            name=attached.name,
            media_type=PDF,
            size=1,
            sha256="0",
            content=b"x",
            attached_at=at,
            attached_by_id=cast.lene.person,
        )


def test_without_files_the_code_of_the_paper_is_that_of_the_text(at_the_table, cast, on, at):
    paper = at_the_table.dialogue.current_paper

    assert whole_sha256(paper.sha256, paper.body) == paper.sha256
    discuss(dialogue=at_the_table.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    assert paper_now(at_the_table).dialogue.state == "concluded"


# The pages


def test_the_leader_attaches_and_removes_on_a_page(cast, draft, client_as, url):
    client = client_as(cast.lene)

    posted = client.post(url("attached_files"), {"file": SimpleUploadedFile("Plan.exe", A_PDF)}, follow=True)

    attached = AttachedFile.objects.get()
    assert attached.name == "Plan.exe.pdf"
    assert "Plan.exe.pdf" in posted.content.decode()
    assert "personoplysninger" in posted.content.decode()
    client.post(url("remove_attached_file", attached.pk), follow=True)
    assert not AttachedFile.objects.exists()
    assert client.post(url("remove_attached_file", attached.pk)).status_code == 409


def test_a_file_that_is_refused_is_told_at_the_field(cast, draft, client_as, url):
    client = client_as(cast.lene)

    for name, content in (("program.pdf", b"MZ\x00"), ("tom.pdf", b""), ("stor.txt", b"a" * (LARGEST_FILE + 1))):
        answer = client.post(url("attached_files"), {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert "error-summary" in answer.content.decode()
    assert client.post(url("attached_files"), {}).status_code == 422


@pytest.mark.requirement("R61.files")
def test_a_file_is_fetched_and_never_shown_or_run(cast, draft, attach, client_as, url):
    attached = attach(draft, "Æbler & <b>.txt", b"<script>alert(1)</script>")

    answer = client_as(cast.tove).get(url("attached_file", attached.pk))

    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == TEXT
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.requirement("R26")
def test_only_who_sees_the_agreement_or_the_paper_fetches_it(
    cast, draft, attach, other_municipality, client_as, anonymous, url, on, at
):
    attached = attach(draft)
    address = url("attached_file", attached.pk)

    def allowed():
        names = ("lene", "tove", "mia", "karim", "hanne", "dorte", "ole", "frida", "joergen")
        return {name for name in names if client_as(getattr(cast, name)).get(address).status_code == 200}

    assert allowed() == {"lene", "tove", "mia", "karim", "hanne", "dorte"}
    actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    assert allowed() == {"lene", "tove", "mia", "karim", "hanne", "dorte"}
    assert client_as(other_municipality.kaj).get(address).status_code == 404
    assert anonymous.get(address).status_code == 302
    wrong_place = reverse("attached_file", args=[cast.nordre_skole.slug, attached.pk])
    assert client_as(cast.hanne).get(wrong_place).status_code == 404


def test_the_paper_on_the_page_links_to_the_file(cast, draft, attach, client_as, url, on, at):
    attached = attach(draft)
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    page = client_as(cast.tove).get(reverse("dialogue", args=[sent.dialogue.pk])).content.decode()

    assert url("attached_file", attached.pk) in page
    assert url("attached_file", attached.pk) in client_as(cast.lene).get(url()).content.decode()


ASKED = 6


def test_pages_with_files_ask_a_fixed_number_of_queries_and_never_for_the_content(cast, draft, attach, client_as, url):
    client = client_as(cast.lene)
    attach(draft)
    assert reads(client, url("attached_files")) == ASKED

    for number in range(4):
        attach(draft, f"Mere {number}.pdf")

    assert reads(client, url("attached_files")) == ASKED
