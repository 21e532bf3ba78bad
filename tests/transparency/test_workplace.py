# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import io
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from samspil.agreements import actions
from samspil.agreements.document import pay_line
from samspil.config.story import discuss, publish_model_framework, put_agreement_in_force, set_up_body, write_draft
from samspil.foundation.templatetags.samspil import control_code
from tests.reads import reads


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def body(cast, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    return set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)


@pytest.fixture
def in_force(cast, body, on, at):
    return put_agreement_in_force(
        workplace=cast.solbakken,
        leader=cast.lene,
        employee=cast.tove,
        contact=cast.mia,
        remarks="Vi taler om det igen til foråret.",
        on=on,
        at=at,
    )


@pytest.fixture
def address(cast):
    """Give the address of Solbakken's open page."""
    return reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])


def read(response):
    return unescape(response.content.decode())


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.requirement("R46.page")
@pytest.mark.requirement("R13.volunteers")
@pytest.mark.requirement("R18.agreement")
@pytest.mark.requirement("R3")
def test_anybody_reads_what_volunteers_help_with_and_what_was_agreed(anonymous, in_force, address):
    response = anonymous.get(address)

    reading = response.context["reading"]
    page = read(response)
    assert response.status_code == 200
    assert reading.purpose in page
    for shown in reading.offered:
        assert shown.task.title in page
        assert shown.task.not_part in page
    assert reading.common.supplement.text in page
    for value in reading.common.values:
        assert value in page
    assert pay_line() in page
    assert "23. november 2026" in page


def test_the_door_of_the_municipality_leads_to_it(anonymous, cast, in_force, address):
    page = read(anonymous.get(reverse("open_index", args=[cast.municipality.slug])))

    assert f'href="{address}"' in page
    assert "Nordre Skole" not in page


def test_the_page_names_nobody(anonymous, cast, in_force, address):
    page = read(anonymous.get(address)) + text_of(anonymous.get(f"{address}aftale.pdf").content)

    for person in (cast.lene, cast.tove, cast.arne, cast.mia, cast.karim, cast.hanne):
        assert person.person_name not in page


@pytest.mark.requirement("R46.page")
def test_before_there_is_an_agreement_the_address_says_so(anonymous, cast, body, address, on, at):
    write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)

    response = anonymous.get(address)

    assert response.status_code == 404
    assert cast.solbakken.name in read(response)
    assert anonymous.get(f"{address}aftale.pdf").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/aaben/eksempelby/findes-ikke/frivillige-hos-os/",
        "/aaben/eksempelby/aeldre-og-sundhed/frivillige-hos-os/",
        "/aaben/findes-ikke/plejecenter-solbakken/frivillige-hos-os/",
        "/aaben/findes-ikke/plejecenter-solbakken/frivillige-hos-os/aftale.pdf",
        "/aaben/anderby/plejecenter-solbakken/frivillige-hos-os/",
    ],
)
def test_what_is_not_there_is_not_found(anonymous, in_force, other_municipality, path):
    assert anonymous.get(path).status_code == 404


@pytest.mark.requirement("R46.pdf")
@pytest.mark.requirement("R43.basis")
def test_the_pdf_says_which_version_what_it_rests_on_and_its_control_code(anonymous, in_force, address):
    response = anonymous.get(f"{address}aftale.pdf")

    text = text_of(response.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "23. november 2026" in text
    assert "LokalMED Solbakken" in text
    assert control_code(in_force.content_sha256) in text
    assert "Vi taler om det igen til foråret." in text
    assert pay_line() in text


@pytest.mark.requirement("R46.pdf")
def test_the_pdf_is_accessible_and_made_to_last(anonymous, in_force, address):
    content = anonymous.get(f"{address}aftale.pdf").content

    metadata = PdfReader(io.BytesIO(content)).xmp_metadata.stream.get_data().decode()
    assert "pdfuaid:part" in metadata
    assert "pdfaid:part" in metadata


def test_a_reader_who_has_the_pdf_is_not_sent_it_again(anonymous, in_force, address):
    etag = anonymous.get(f"{address}aftale.pdf").headers["ETag"]

    again = anonymous.get(f"{address}aftale.pdf", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.requirement("R46.in_force")
def test_the_page_shows_the_old_version_until_the_new_one_is_in_force(anonymous, cast, in_force, address, on, at):
    old = in_force.content_sha256
    etag = anonymous.get(f"{address}aftale.pdf").headers["ETag"]
    version = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    version = actions.send_to_dialogue(version=version, actor=cast.lene, on=on, at=at)
    assert anonymous.get(address).context["version"].content_sha256 == old
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    later = on + timedelta(days=7)
    version = actions.adopt(version=version, in_force_from=later, actor=cast.lene, on=on, at=at)
    assert anonymous.get(address).context["version"] == in_force

    actions.put_in_force(version=version, actor=replace(cast.lene, on=later), on=later, at=at)

    assert anonymous.get(address).context["version"].number == 2
    assert anonymous.get(f"{address}aftale.pdf").headers["ETag"] != etag


def test_what_people_wrote_is_never_run(anonymous, cast, body, address, on, at):
    version = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=1, on=on, at=at)
    task = actions.OwnTask("<script>alert(1)</script>", "<b>x</b>", "#set text(red)", _no())
    actions.add_task(version=version, task=task, actor=cast.lene, at=at)
    version = actions.send_to_dialogue(version=version, actor=cast.lene, on=on, at=at)
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    actions.adopt(version=version, in_force_from=on, actor=cast.lene, on=on, at=at)

    assert "<script>alert" not in anonymous.get(address).content.decode()
    assert "#set text(red)" in text_of(anonymous.get(f"{address}aftale.pdf").content)


def _no():
    from samspil.agreements.boundary import QUESTION_NAMES

    return dict.fromkeys(QUESTION_NAMES, False)


def test_the_page_asks_a_fixed_number_of_queries(anonymous, in_force, address):
    assert reads(anonymous, address) == 6
