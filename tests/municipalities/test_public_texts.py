# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samspil.audit.queries import events_of
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.foundation.markdown import markdown_html
from samspil.municipalities.actions import edit_public_text
from samspil.municipalities.models import PublicText
from samspil.municipalities.public_texts import KINDS, draft_of

OPEN = {"tilgaengelighed": "/aaben/eksempelby/tilgaengelighed/", "privatliv": "/aaben/eksempelby/privatliv/"}


@pytest.fixture
def save(cast, at):
    """Save a text as somebody, the secretariat where nothing else is said."""

    def saved(text, kind="privacy", who=cast.hanne, revision=0, **more):
        return edit_public_text(kind=kind, text=text, expected_revision=revision, actor=who, at=at, **more)

    return saved


def read(response):
    return response.content.decode()


@pytest.mark.parametrize("word", KINDS)
def test_until_the_municipality_writes_its_own_the_draft_stands(anonymous, cast, word):
    page = read(anonymous.get(OPEN[word]))

    assert "Eksempelby Kommune" in page
    assert "{" not in draft_of(KINDS[word], cast.municipality)
    assert cast.municipality.contact_email in page


@pytest.mark.parametrize("word", KINDS)
def test_its_own_words_stand_on_the_open_page_and_for_those_who_are_logged_in(client_as, anonymous, cast, save, word):
    save("## Vores egne ord", kind=KINDS[word])

    assert "<h2>Vores egne ord</h2>" in read(anonymous.get(OPEN[word]))
    assert "<h2>Vores egne ord</h2>" in read(client_as(cast.mia).get(f"/{word}/"))
    assert "Vores egne ord" not in read(anonymous.get(f"/{word}/"))


def test_another_municipality_keeps_its_own(anonymous, save, other_municipality):
    save("## Vores egne ord")

    page = read(anonymous.get("/aaben/anderby/privatliv/"))
    assert "Vores egne ord" not in page
    assert anonymous.get("/aaben/findes-ikke/privatliv/").status_code == 404


def test_the_footer_of_an_open_page_leads_to_the_municipalitys_own_texts(client_as, anonymous, cast):
    page = read(anonymous.get("/aaben/eksempelby/"))
    assert [f'href="{path}"' in page for path in OPEN.values()] == [True, True]

    logged_in = read(client_as(cast.mia).get("/"))
    assert 'href="/tilgaengelighed/"' in logged_in


def test_the_statement_in_the_states_tool_is_linked_to_where_it_is_given(anonymous, save):
    assert "WAS" not in read(anonymous.get(OPEN["tilgaengelighed"]))
    save("Vores ord", kind="accessibility", statement_url="https://www.was.digst.dk/eksempelby")

    assert 'href="https://www.was.digst.dk/eksempelby"' in read(anonymous.get(OPEN["tilgaengelighed"]))


@pytest.mark.parametrize("who", ["lene", "mia", "dorte", "frida"])
def test_only_the_secretariat_writes_them(client_as, cast, save, who):
    with pytest.raises(Refusal):
        save("Andre ord", who=getattr(cast, who))
    assert client_as(getattr(cast, who)).get(reverse("public_text", args=["privatliv"])).status_code == 403
    save("Vores ord")

    assert PublicText.objects.get().text == "Vores ord"
    assert events_of(PublicText.objects.get()).last().changes == {
        "kind": "privacy",
        "revision": 1,
        "is_draft": False,
    }


def test_nobody_overwrites_what_somebody_else_has_just_written(client_as, cast, save):
    save("Den førstes ord")
    with pytest.raises(StaleRevisionError):
        save("Den andens ord")

    url, hanne = reverse("public_text", args=["privatliv"]), client_as(cast.hanne)
    response = hanne.post(url, {"text": "Den andens ord", "revision": "0"})

    assert response.status_code == 409
    assert "Den førstes ord" in read(response)
    assert "Den andens ord" in read(response)
    assert hanne.post(url, {"text": "Begges ord", "revision": "1"}).status_code == 302
    assert PublicText.objects.get().text == "Begges ord"


def test_the_draft_can_be_used_again_and_the_statements_address_stays(client_as, anonymous, cast, save):
    save("Vores ord", kind="accessibility", statement_url="https://www.was.digst.dk/eksempelby")
    url, hanne = reverse("use_draft_again", args=["tilgaengelighed"]), client_as(cast.hanne)
    assert "Vores ord" not in read(hanne.get(url))

    hanne.post(url)

    page = read(anonymous.get(OPEN["tilgaengelighed"]))
    assert "axe-core" in page
    assert "https://www.was.digst.dk/eksempelby" in page


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "Ring til 010190-1234"},
        {"text": "x" * 20_001},
        {"text": "Ord", "statement_url": "javascript:alert(1)"},
        {"text": "Ord", "statement_url": "ftp://eksempelby.example/"},
    ],
)
def test_what_cannot_stand_there_is_refused(client_as, cast, data):
    url = reverse("public_text", args=["tilgaengelighed"])

    assert client_as(cast.hanne).post(url, {"revision": "0", **data}).status_code == 422
    assert not PublicText.objects.exists()


def test_the_database_knows_one_of_each_kind(cast, save):
    save("Vores ord")
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicText.objects.create(kind="privacy", changed_at=PublicText.objects.get().changed_at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# En\n\n### Tre", "<h2>En</h2>\n<h3>Tre</h3>\n"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[her](javascript:alert(1))", "<p>[her](javascript:alert(1))</p>\n"),
        ("[her](data:text/html,x)", "<p>[her](data:text/html,x)</p>\n"),
        ("![x](https://example.org/x.png)", None),
        ("- et\n- to", "<ul>\n<li>et</li>\n<li>to</li>\n</ul>\n"),
    ],
)
def test_what_people_write_becomes_safe_pages(text, expected):
    html = markdown_html(text)

    assert "<img" not in html
    assert "<script" not in html
    if expected is not None:
        assert expected in html


def test_the_page_asks_a_fixed_number_of_queries(anonymous, save, django_assert_num_queries):
    save("Vores ord")
    from tests.reads import reads

    assert reads(anonymous, OPEN["privatliv"]) == 2
