# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What goes wrong is said in Danish, with a way back, and what was written is given back where it was read."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from samspil.agreements.models import Section
from samspil.foundation import tenancy
from tests.cast import log_in, outside_scope
from tests.faults import scene as stages
from tests.faults.scene import Scene

pytestmark = pytest.mark.urls("tests.faults.failing_urls")

WORDS = "Vi går en tur om torsdagen – også når det regner."


class AsItIs(Client):
    """A browser: CSRF is checked, and a failure is answered, not raised."""

    def __init__(self):
        super().__init__(enforce_csrf_checks=True, raise_request_exception=False)

    def request(self, **request):
        with outside_scope():
            return super().request(**request)


@pytest.fixture
def browser(scene):
    return log_in(AsItIs(), scene.cast.lene)


def is_a_page(answer, status, sentence):
    assert answer.status_code == status
    page = html.fromstring(answer.content.decode())
    assert page.get("lang") == "da"
    assert sentence in page.xpath("string(//main//h1)")
    ways = page.xpath("//main//a/@href")
    assert "/" in ways
    return page


def given_back(page):
    return "".join(page.xpath("//main//textarea//text()"))


def agreement_of(scene):
    return reverse("agreement", args=[scene.cast.solbakken.slug])


def test_a_page_open_too_long_gives_the_words_back(scene, browser):
    stages.drafted(scene)
    answer = browser.post(agreement_of(scene), {"purpose": WORDS, "csrfmiddlewaretoken": "x" * 64})

    page = is_a_page(answer, 403, "Siden havde stået åben for længe")
    assert WORDS in given_back(page)
    assert agreement_of(scene) in page.xpath("//main//a/@href")
    assert not Section.objects.filter(text=WORDS).exists()


def test_a_lost_session_gives_the_words_back_and_leads_home(scene, anonymous):
    stages.drafted(scene)
    answer = anonymous.post(agreement_of(scene), {"purpose": WORDS})

    page = is_a_page(answer, 403, "Du er ikke logget ind")
    assert WORDS in given_back(page)
    assert any("next=/arbejdspladser/" in way.replace("%2F", "/") for way in page.xpath("//main//a/@href"))


def test_a_lost_role_gives_the_words_back(scene, client_as):
    stages.drafted(scene)
    client = client_as(scene.cast.lene)
    session = client.session
    del session["capacity"]
    session.save()

    answer = client.post(agreement_of(scene), {"purpose": WORDS})

    assert answer.status_code == 403
    assert WORDS in given_back(html.fromstring(answer.content.decode()))


def test_somebody_elses_page_gives_the_words_back(scene, client_as):
    stages.drafted(scene)
    answer = client_as(scene.cast.mia).post(agreement_of(scene), {"purpose": WORDS})

    assert answer.status_code == 403
    assert WORDS in given_back(html.fromstring(answer.content.decode()))


def test_what_is_gone_gives_the_words_back(scene, client_as):
    stages.drafted(scene)
    answer = client_as(scene.cast.lene).post(reverse("dialogue", args=[0]) + "referer/", {"conclusion": WORDS})

    assert WORDS in given_back(is_a_page(answer, 404, "Vi kan ikke finde siden"))


def test_too_much_is_said_to_be_too_much(scene, browser):
    browser.get("/")
    answer = browser.post(agreement_of(scene), {"purpose": "x" * 3_000_000})

    is_a_page(answer, 413, "Det, du sendte, fylder for meget")


def test_a_fault_of_ours_is_no_fault_of_yours(browser):
    for answer in (browser.get("/fejl/"), AsItIs().get("/fejl/")):
        is_a_page(answer, 500, "Noget gik galt hos os")


def test_what_is_forbidden_says_so(browser):
    is_a_page(browser.get("/forbudt/"), 403, "Du kan ikke åbne denne side")


def test_what_cannot_be_read_says_so(browser):
    is_a_page(browser.get("/underligt/"), 400, "Vi kunne ikke læse det, der blev sendt")


def test_a_fault_of_ours_leaves_nothing_half_done(town, moment, monkeypatch):
    with tenancy.scope(town.municipality.pk):
        scene = stages.drafted(Scene(cast=town, on=moment.date(), at=moment))
    with tenancy.scope(town.municipality.pk):
        browser = log_in(AsItIs(), town.lene)
    monkeypatch.setattr("samspil.agreements.views.page.messages.success", lambda *_: 1 / 0)
    page = html.fromstring(browser.get(agreement_of(scene)).content.decode())
    form = next(one for one in page.forms if "purpose" in one.fields)
    values = dict(form.form_values()) | {"purpose": WORDS}

    assert browser.post(agreement_of(scene), values).status_code == 500
    with tenancy.scope(town.municipality.pk):
        assert not Section.objects.filter(text=WORDS).exists()


def test_the_address_of_a_button_leads_on(scene, client_as):
    stages.at_the_table(scene)
    url = reverse("open_message", args=[scene.at_hand["message"].pk])

    answer = client_as(scene.cast.tove).get(url)

    is_a_page(answer, 405, "")
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "path", ["/findes-ikke/", "/aaben/findes-ikke/", "/arbejdspladser/%00/", "/%ED%A0%80/", "/\u202e/"]
)
def test_an_address_of_nothing_is_not_found(scene, client_as, anonymous, path):
    for client in (anonymous, client_as(scene.cast.lene)):
        is_a_page(client.get(path), 404, "Vi kan ikke finde siden")


def test_a_body_that_is_no_form_is_refused(scene, client_as):
    stages.drafted(scene)
    client = client_as(scene.cast.lene)
    for kind, body in (
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=" + "x" * 300, b"x"),
        ("application/json", b'{"a": 1}'),
        ("application/x-www-form-urlencoded; charset=utf-16", b"purpose=x"),
        ("text/plain", b"\xff\xfe"),
    ):
        answer = client.post(agreement_of(scene), body, content_type=kind)
        assert answer.status_code < 500, kind
