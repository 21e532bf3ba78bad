# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.frameworks import actions
from samspil.frameworks.models import Element, FrameworkVersion, Kind, SourceParagraph
from samspil.frameworks.queries import draft, unplaced_paragraphs, version_in_force
from samspil.frameworks.states import State
from tests.frameworks.framework_cases import DOCUMENT, begin, of_kind, publish, texts

PAGES = (
    "/vaerdiramme/import/",
    "/vaerdiramme/udkast/",
    "/vaerdiramme/udkast/dele/ny/",
    "/vaerdiramme/udkast/afsnit/1/",
    "/vaerdiramme/udkast/udgiv/",
    "/vaerdiramme/udkast/traek-tilbage/",
)


@pytest.fixture
def hanne(cast, client_as):
    return client_as(cast.hanne)


@pytest.fixture
def today():
    """The day on which the pages answer, which is the real one."""
    return timezone.localdate()


@contextmanager
def framework_queries(expected: int):
    """Demand this many queries of the framework's tables; the frame around the page has its own, by database."""
    with CaptureQueriesContext(connection) as captured:
        yield
    own = [query["sql"] for query in captured.captured_queries if '"frameworks_' in query["sql"]]
    assert len(own) == expected, "\n".join(own)


def upload(content: bytes = DOCUMENT.encode(), name: str = "ramme.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def element_url(element: Element) -> str:
    return reverse("framework_element", args=[element.pk])


def form_of(element: Element, **changes: str) -> dict[str, str]:
    return {
        "placement": f"{element.kind}.{element.audience}" if element.audience else element.kind,
        "title": element.title,
        "text": element.text,
        "purpose": element.purpose,
        "standing_question": element.standing_question,
        "evaluation_question": element.evaluation_question,
        "revision": str(FrameworkVersion.objects.get(pk=element.version_id).revision),
        **changes,
    }


def test_everybody_reads_the_framework_in_force(cast, client_as, at, today):
    publish(cast.hanne, at, today)

    for person in (cast.mia, cast.frida, cast.hanne):
        page = client_as(person).get("/vaerdiramme/")
        assert page.status_code == 200
        assert "Vi husker at sige tak." in page.text
        assert "/aaben/eksempelby/vaerdiramme/" in page.text


def test_without_a_framework_the_page_says_what_to_do(cast, client_as, hanne):
    assert "/vaerdiramme/import/" in hanne.get("/vaerdiramme/").text
    page = client_as(cast.mia).get("/vaerdiramme/")
    assert page.status_code == 200
    assert "/vaerdiramme/import/" not in page.text


def test_a_document_is_imported_and_shown_paragraph_by_paragraph(hanne):
    answer = hanne.post("/vaerdiramme/import/", {"way": "file", "file": upload(), "submission": uuid.uuid4()})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/vaerdiramme/udkast/"
    page = hanne.get("/vaerdiramme/udkast/")
    version = draft()
    assert version is not None
    for paragraph in SourceParagraph.objects.filter(version=version):
        assert paragraph.text.replace('"', "&quot;") in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ramme.exe", b"MZ"),
        ("ramme.docx", b"PK\x03\x04 not really"),
        ("ramme.pdf", b"%PDF-1.4 not really"),
        ("ramme.txt", b""),
        ("ramme.txt", b"   \n \n"),
    ],
)
def test_a_document_that_cannot_be_read_is_an_error_at_the_field(hanne, name, content):
    answer = hanne.post("/vaerdiramme/import/", {"way": "file", "file": upload(content, name)})

    assert answer.status_code == 422
    assert "form-error-message" in answer.text
    assert FrameworkVersion.objects.count() == 0


def test_no_document_is_an_error_at_the_field(hanne):
    answer = hanne.post("/vaerdiramme/import/", {"way": "file"})

    assert answer.status_code == 422
    assert "form-error-message" in answer.text


def test_a_document_over_the_limit_is_refused_before_it_is_read(hanne, monkeypatch):
    monkeypatch.setattr("samspil.frameworks.forms.MAX_BYTES", 10)

    answer = hanne.post("/vaerdiramme/import/", {"way": "file", "file": upload()})

    assert answer.status_code == 422
    assert "20 MB" in answer.text


def test_the_same_form_sent_twice_begins_once(hanne):
    sent = {"way": "model", "submission": uuid.uuid4()}

    first = hanne.post("/vaerdiramme/import/", sent)
    second = hanne.post("/vaerdiramme/import/", sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert FrameworkVersion.objects.count() == 1


def test_a_second_draft_is_refused_with_a_page_that_says_why(cast, hanne, at):
    begin(cast.hanne, at)

    answer = hanne.post("/vaerdiramme/import/", {"way": "model"})

    assert answer.status_code == 409
    assert FrameworkVersion.objects.count() == 1
    assert "/vaerdiramme/udkast/" in hanne.get("/vaerdiramme/import/").text


def test_a_copy_of_nothing_is_refused(hanne):
    assert hanne.post("/vaerdiramme/import/", {"way": "copy"}).status_code == 409


def test_the_newest_edition_is_copied(cast, hanne, at, today):
    publish(cast.hanne, at, today)

    assert hanne.post("/vaerdiramme/import/", {"way": "copy"}).status_code == 302

    version = draft()
    assert version is not None
    assert texts(version, Kind.VALUE) == ["Åbenhed", "Nysgerrighed"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["lene", "mia", "frida", "dorte"])
def test_the_draft_is_the_secretariats(cast, client_as, at, name, page):
    begin(cast.hanne, at)
    client = client_as(getattr(cast, name))

    assert client.get(page).status_code == 403
    assert client.post(page, {"way": "model", "revision": "1", "placement": "value", "text": "x"}).status_code == 403
    version = draft()
    assert version is not None
    assert version.revision == 1


@pytest.mark.parametrize("page", [*PAGES, "/vaerdiramme/", "/vaerdiramme/udgaver/"])
def test_without_login_one_is_asked_to_log_in(cast, anonymous, page):
    answer = anonymous.get(page)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_another_municipality_finds_nothing(cast, client_as, other_municipality, at, today):
    version = publish(cast.hanne, at, today)
    element = of_kind(version, Kind.VALUE)[0]
    kaj = client_as(other_municipality.kaj)

    for url in (
        "/vaerdiramme/udgaver/1/",
        "/vaerdiramme/udgaver/1/vaerdiramme.pdf",
        element_url(element),
    ):
        assert kaj.get(url).status_code == 404
    assert "Åbenhed" not in kaj.get("/vaerdiramme/").text


def test_a_part_of_another_municipality_s_draft_is_not_found(cast, client_as, other_municipality, hanne, at):
    with tenancy.scope(other_municipality.municipality.pk):
        system = system_capacity(municipality_id=other_municipality.municipality.pk, on=at.date(), name="test")
        element = of_kind(begin(system, at), Kind.VALUE)[0]
    begin(cast.hanne, at)

    assert hanne.get(element_url(element)).status_code == 404
    assert hanne.post(element_url(element), {"step": "remove", "revision": "1"}).status_code == 404
    with tenancy.scope(other_municipality.municipality.pk):
        assert Element.objects.filter(pk=element.pk).exists()


def test_a_part_is_edited_and_the_page_leads_back_to_it(cast, hanne, at):
    element = of_kind(begin(cast.hanne, at), Kind.GUIDELINE)[0]
    assert hanne.get(element_url(element)).status_code == 200

    answer = hanne.post(element_url(element), form_of(element, text="Sæt\x00 god tid af.", placement="commitment"))

    assert answer.headers["Location"] == f"/vaerdiramme/udkast/#element-{element.pk}"
    element.refresh_from_db()
    assert (element.kind, element.audience, element.text) == ("commitment", "", "Sæt god tid af.")


def test_an_empty_part_is_an_error_at_the_field(cast, hanne, at):
    element = of_kind(begin(cast.hanne, at), Kind.VALUE)[0]

    answer = hanne.post(element_url(element), form_of(element, text="  "))

    assert answer.status_code == 422
    assert 'href="#id_text"' in answer.text


def test_two_who_edit_see_both_texts_and_the_second_can_save_again(cast, hanne, at):
    element = of_kind(begin(cast.hanne, at), Kind.VALUE)[0]
    old_page = form_of(element, text="Ro og nærvær")
    hanne.post(element_url(element), form_of(element, text="Mod"))

    answer = hanne.post(element_url(element), old_page)

    assert answer.status_code == 409
    assert "Ro og nærvær" in answer.text
    assert "Mod" in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert hanne.post(element_url(element), {**old_page, "revision": "2"}).status_code == 302
    element.refresh_from_db()
    assert element.text == "Ro og nærvær"


def test_parts_are_moved_merged_split_and_removed(cast, hanne, at):
    version = begin(cast.hanne, at)
    one, two, three = of_kind(version, Kind.PRINCIPLE)

    def press(element, **sent):
        version.refresh_from_db()
        return hanne.post(element_url(element), {"revision": str(version.revision), **sent})

    assert press(three, step="up").status_code == 302
    assert of_kind(version, Kind.PRINCIPLE) == [one, three, two]
    assert press(three, step="down").status_code == 302
    assert press(one, step="merge").status_code == 302
    assert len(of_kind(version, Kind.PRINCIPLE)) == 2
    one.refresh_from_db()
    place = one.text.index("Vi siger")
    assert press(one, step="split", place=str(place)).status_code == 302
    assert texts(version, Kind.PRINCIPLE)[1] == two.text
    assert press(one, step="split").status_code == 422
    assert press(one, step="remove").status_code == 302
    assert unplaced_paragraphs(version) != []


def test_an_unplaced_paragraph_is_listed_first_and_placed(cast, hanne, at):
    version = begin(cast.hanne, at)
    value = of_kind(version, Kind.VALUE)[0]
    actions.remove_element(element=value, expected_revision=1, actor=cast.hanne, at=at)
    number = value.sources[0]
    page = hanne.get("/vaerdiramme/udkast/").text
    assert page.index(f'id="paragraph-{number}"') < page.index('id="elements"')
    assert hanne.get(f"/vaerdiramme/udkast/afsnit/{number}/").status_code == 200
    assert hanne.get("/vaerdiramme/udkast/afsnit/999/").status_code == 404

    answer = hanne.post(f"/vaerdiramme/udkast/afsnit/{number}/", {"placement": "guideline.other", "revision": "2"})

    assert answer.status_code == 302
    assert unplaced_paragraphs(version) == []
    assert Element.objects.get(version=version, audience="other").text == "Åbenhed"


def test_a_part_is_added_and_the_draft_named(cast, hanne, at):
    version = begin(cast.hanne, at)
    assert hanne.get("/vaerdiramme/udkast/dele/ny/").status_code == 200

    added = hanne.post("/vaerdiramme/udkast/dele/ny/", {"placement": "value", "text": "Mod <script>", "revision": "1"})
    named = hanne.post("/vaerdiramme/udkast/", {"title": "Fælles ramme", "revision": "2"})

    assert (added.status_code, named.status_code) == (302, 302)
    page = hanne.get("/vaerdiramme/udkast/").text
    assert "Mod &lt;script&gt;" in page
    assert "Fælles ramme" in page
    assert hanne.post("/vaerdiramme/udkast/", {"title": "", "revision": "3"}).status_code == 422
    assert hanne.post("/vaerdiramme/udkast/dele/ny/", {"placement": "value", "revision": "3"}).status_code == 422
    assert texts(version, Kind.VALUE)[-1] == "Mod <script>"


def test_the_framework_is_published(cast, hanne, at, today):
    begin(cast.hanne, at)
    page = hanne.get("/vaerdiramme/udkast/udgiv/").text
    assert f'value="{today.isoformat()}"' in page
    assert "predecessor_until" not in page

    answer = hanne.post("/vaerdiramme/udkast/udgiv/", {"in_force_from": today.isoformat(), "revision": "1"})

    assert answer.headers["Location"] == "/vaerdiramme/udgaver/1/"
    in_force = version_in_force(today)
    assert in_force is not None
    assert in_force.number == 1
    assert hanne.get("/vaerdiramme/udgaver/1/").status_code == 200


def test_a_date_that_has_passed_is_refused_on_the_form(cast, hanne, at, today):
    begin(cast.hanne, at)

    answer = hanne.post(
        "/vaerdiramme/udkast/udgiv/", {"in_force_from": (today - timedelta(days=1)).isoformat(), "revision": "1"}
    )

    assert answer.status_code == 409
    assert 'href="#id_in_force_from"' in answer.text
    assert draft() is not None


def test_the_second_who_publishes_is_told(cast, hanne, at, today):
    publish(cast.hanne, at, today, version=begin(cast.hanne, at))

    answer = hanne.post("/vaerdiramme/udkast/udgiv/", {"in_force_from": today.isoformat(), "revision": "1"})

    assert answer.status_code == 409
    assert hanne.get("/vaerdiramme/udkast/udgiv/").headers["Location"] == "/vaerdiramme/"


def test_the_draft_is_withdrawn_and_stays_readable_for_the_secretariat(cast, client_as, hanne, at):
    begin(cast.hanne, at)
    assert hanne.get("/vaerdiramme/udkast/traek-tilbage/").status_code == 200

    assert hanne.post("/vaerdiramme/udkast/traek-tilbage/", {"revision": "1"}).status_code == 302

    assert FrameworkVersion.objects.get().state == State.WITHDRAWN
    assert hanne.get("/vaerdiramme/udgaver/1/").status_code == 200
    assert client_as(cast.mia).get("/vaerdiramme/udgaver/1/").status_code == 404


def test_a_part_taken_out_of_a_copy_is_brought_back(cast, hanne, at, today):
    version = actions.copy_version(version=publish(cast.hanne, at, today), actor=cast.hanne, at=at)
    value = of_kind(version, Kind.VALUE)[0]
    actions.remove_element(element=value, expected_revision=1, actor=cast.hanne, at=at)
    url = f"/vaerdiramme/udkast/hent-tilbage/{value.lineage}/"
    assert url in hanne.get("/vaerdiramme/udkast/aendringer/").text
    assert hanne.get(url).status_code == 200

    assert hanne.post(url, {"revision": "2"}).status_code == 302

    assert set(texts(version, Kind.VALUE)) == {"Åbenhed", "Nysgerrighed"}
    assert hanne.get(url).status_code == 404


def test_the_secretariat_gets_a_pdf(cast, hanne, at, today):
    publish(cast.hanne, at, today)

    answer = hanne.get("/vaerdiramme/udgaver/1/vaerdiramme.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.requirement("R1.older_readable")
@pytest.mark.parametrize("editions", [1, 3])
def test_the_list_of_editions_takes_the_same_queries(cast, hanne, at, today, editions):
    version = publish(cast.hanne, at, today)
    for number in range(1, editions):
        day = today + timedelta(days=number)
        version = actions.publish_version(
            version=actions.copy_version(version=version, actor=cast.hanne, at=at),
            in_force_from=day,
            predecessor_until=day,
            actor=cast.hanne,
            at=at,
            on=today,
        )
    hanne.get("/vaerdiramme/udgaver/")

    with framework_queries(1):
        page = hanne.get("/vaerdiramme/udgaver/")

    assert len(re.findall(r"<tr>", page.text)) == editions + 1
    for number in range(1, editions + 1):
        assert hanne.get(f"/vaerdiramme/udgaver/{number}/").status_code == 200


@pytest.mark.parametrize("values", [1, 3])
def test_the_draft_takes_the_same_queries_however_long(cast, hanne, at, values):
    begin(cast.hanne, at, DOCUMENT.replace("- Nysgerrighed\n", "- Mod\n" * (values - 1)))
    hanne.get("/vaerdiramme/udkast/")

    with framework_queries(4):
        hanne.get("/vaerdiramme/udkast/")


@pytest.mark.parametrize("principles", [1, 3])
def test_the_framework_in_force_takes_the_same_queries(cast, client_as, at, today, principles):
    text = DOCUMENT.replace("- Vi husker at sige tak.\n", "- Vi husker at sige tak.\n" * principles)
    publish(cast.hanne, at, today, version=begin(cast.hanne, at, text))
    mia = client_as(cast.mia)
    mia.get("/vaerdiramme/")

    with framework_queries(3):
        mia.get("/vaerdiramme/")
