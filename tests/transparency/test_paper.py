# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What goes on paper from the open pages: the copy for reading aloud, and the poster for the wall."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samspil.agreements.offers import tasks_in_force
from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.foundation.pdf.poster import Poster, qr_svg, render_poster
from samspil.municipalities.actions import withhold_unit
from samspil.transparency.posters import poster_of
from tests.reads import reads


@pytest.fixture
def in_force(cast, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)
    return put_agreement_in_force(
        workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
    )


@pytest.fixture
def address(cast):
    return reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])


def text_of(content):
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\u200b", "").split())


def sizes_of(content):
    sizes = []
    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.append((round(size, 1), len(text))))
    return sizes


def usual_size(content):
    """The size that most letters have."""
    count = {}
    for size, letters in sizes_of(content):
        count[size] = count.get(size, 0) + letters
    return max(count, key=count.get)


@pytest.mark.requirement("R6.pdf")
@pytest.mark.requirement("R46.pdf")
def test_the_copy_for_reading_aloud_says_the_same_at_14_points(anonymous, client_as, cast, in_force, address):
    plain = anonymous.get(f"{address}aftale.pdf")
    large = anonymous.get(f"{address}aftale-stor.pdf")
    inside = client_as(cast.mia).get(reverse("agreement_large_pdf", args=[cast.solbakken.slug, in_force.number]))

    assert (usual_size(plain.content), usual_size(large.content)) == (10.5, 14.0)
    assert inside.content == large.content
    assert large.headers["ETag"] != plain.headers["ETag"]
    assert "aftale-plejecenter-solbakken-1-stor.pdf" in large.headers["Content-Disposition"]
    assert "Vi har tillid" in text_of(large.content)


@pytest.mark.requirement("R46.page")
def test_the_poster_has_the_name_the_address_and_nobody_in_it(anonymous, cast, in_force, address, settings):
    settings.BASE_URL = "https://samspil.eksempelby.example"
    response = anonymous.get(f"{address}plakat.pdf")

    text = text_of(response.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Plejecenter Solbakken" in text
    assert f"samspil.eksempelby.example{address}" in text.replace(" ", "")
    assert [name for name in (cast.lene.person_name, cast.mia.person_name) if name in text] == []
    poster = poster_of(cast.solbakken, in_force)
    assert poster.address == f"https://samspil.eksempelby.example{address}"
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 1


def test_the_poster_is_accessible_and_the_same_each_time(cast, in_force):
    first, second = (render_poster(poster_of(cast.solbakken, in_force)) for _ in range(2))

    assert first == second
    metadata = PdfReader(io.BytesIO(first)).xmp_metadata.stream.get_data().decode()
    assert "pdfuaid:part" in metadata


def test_a_poster_of_strange_words_is_still_one_page(on):
    words = {"title": "#set page()", "sentence": "\U0001f600 <b>", "scan": "x", "alternative": "x", "municipality": "x"}
    poster = Poster(workplace="Ord " * 25, address="https://eksempelby.example/" + "a" * 120, date=on, **words)

    content = render_poster(poster)

    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    assert "#set page()" in text_of(content)
    assert qr_svg(poster.address) != qr_svg("https://eksempelby.example/")


def test_there_is_no_poster_without_an_agreement_or_for_a_withheld_workplace(anonymous, cast, address, in_force, at):
    nordre = reverse("open_poster", args=[cast.municipality.slug, cast.nordre_skole.slug])
    assert anonymous.get(nordre).status_code == 404
    assert anonymous.get(f"{address}plakat.pdf").status_code == 200
    withhold_unit(unit=cast.solbakken, is_withheld=True, actor=cast.hanne, at=at)

    assert anonymous.get(f"{address}plakat.pdf").status_code == 404


def test_staff_find_the_poster_from_the_workplace_and_from_the_agreement(client_as, cast, in_force, address):
    mia = client_as(cast.mia)
    pages = [reverse("workplace", args=[cast.solbakken.slug]), reverse("agreement", args=[cast.solbakken.slug])]

    assert [f"{address}plakat.pdf" in mia.get(page).content.decode() for page in pages] == [True, True]
    assert f"{address}plakat.pdf" not in client_as(cast.frida).get(pages[0]).content.decode()


@pytest.mark.requirement("R33")
def test_the_open_index_shows_volunteering_at_each_workplace_and_no_names(anonymous, cast, in_force):
    index = reverse("open_index", args=[cast.municipality.slug])

    page = anonymous.get(index).content.decode()

    titles = tasks_in_force([cast.solbakken.pk])[cast.solbakken.pk]
    assert len(titles) == 4
    assert [title for title in titles if title not in page] == []
    assert page.index("<h3>Frivillige hos os</h3>") < page.index(cast.solbakken.name)
    assert [name for name in (cast.lene.person_name, cast.mia.person_name) if name in page] == []
    assert reads(anonymous, index) == 10
