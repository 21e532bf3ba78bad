# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whatever is sent in a form: stored as text or refused in Danish with the words given back, and never a failure."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from lxml import html

from samspil.people.models import RoleAssignment, User
from tests.architecture.test_doors import addresses
from tests.faults import scene as stages
from tests.faults.forms import BY_LABEL, FORMS, every_form
from tests.faults.sending import client_for, read, send, undone

pytestmark = [pytest.mark.urls("tests.people.demo_urls"), pytest.mark.usefixtures("demo")]

ONE_PAGE_UNDER_THREE_NAMES = {"account_signup", "account_request_login_code"}
SHOWS_SAMPLES_ONLY = {"patterns"}
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>&\"'"
IN_TEXTS = {
    "30 kB": "Mange ord om det hele. " * 1400,
    "NUL": "før\x00efter",
    "lone surrogate": "før\ud800efter",
    "right to left": "\u202eABC\u2066DEF\u200f\u200e",
    "script": SCRIPT,
    "only signs": "\u200b\u00ad\ufeff",
    "lines": "en\r\nto\rtre\x0bfire\u2028fem",
    "emoji": "👩‍👩‍👧 " * 30,
}
IN_OTHERS = {
    "nothing": "",
    "huge": "9" * 40,
    "longer than numbers are read": "9" * 5000,
    "negative": "-1",
    "superscript": "²",
    "NUL": "\x00",
    "surrogate": "\udfff",
    "unknown choice": "findes-ikke",
    "long ago": "0001-01-01",
    "last day": "9999-12-31",
    "script": SCRIPT,
}


# Hostile tables are sent in the tests of the tables, of units, people and members, and of the overview.
IN_TESTS_OF_THEIR_OWN = {"import_units", "import_people", "import_members", "set_units", "remind_not_begun"}
IN_TESTS_OF_THEIR_OWN |= {"import_volunteers"}


def test_every_form_stands_on_the_list():
    posted = set()
    for _path, pattern in addresses():
        view = getattr(pattern.callback, "view_class", None)
        if view is None or hasattr(view, "post"):
            posted.add(pattern.name)

    assert posted - ONE_PAGE_UNDER_THREE_NAMES - SHOWS_SAMPLES_ONLY - IN_TESTS_OF_THEIR_OWN == {
        form.name for form in FORMS
    }


@pytest.fixture(params=every_form)
def form(request):
    return BY_LABEL[request.param]


@pytest.fixture
def sender(form, scene, client_as, anonymous):
    form.stage(scene)
    return client_for(form, scene, client_as, anonymous)


@pytest.fixture
def sheet(sender, form, scene):
    return read(sender, form, scene)


def told(answer):
    """Return the sentences by which a refusal tells what to do."""
    if answer.headers["Content-Type"].startswith("application/json"):
        return [answer.json()["message"]]
    page = html.fromstring(answer.content.decode())
    marks = ("error-summary", "lead", "box-missing", "form-error-message", "alert-body")
    found = [element for mark in marks for element in page.xpath(f"//main//*[contains(@class, '{mark}')]")]
    return [" ".join(element.text_content().split()) for element in found]


def sane(answer, what, words=()):
    """Hold what is true of every answer."""
    assert answer.status_code < 500, what
    text = answer.content.decode() if answer.content else ""
    assert "<script>alert" not in text, what
    assert "onerror=alert(2)>" not in text, what
    if answer.status_code < 400:
        return
    sentences = told(answer)
    assert any(re.search(r"[a-zæøå]{2,}", sentence) for sentence in sentences), (
        f"{what}: {answer.status_code} says nothing"
    )
    for sentence in sentences:
        assert not re.search(r"\b(This|Enter|value|field|required|Select|the)\b", sentence), f"{what}: {sentence}"
    if words and not answer.headers["Content-Type"].startswith("application/json"):
        given_back = " ".join(html.fromstring(text).xpath("//textarea//text()|//input/@value"))
        for word in words:
            assert word in given_back, f"{what}: {word} is lost in a {answer.status_code}"


@pytest.mark.requirement("R38")
def test_whatever_is_sent_is_taken_or_refused_in_words(form, sender, sheet):
    any_text_is_stored_as_text_or_refused(form, sender, sheet)
    any_hidden_field_or_choice_may_say_anything(form, sender, sheet)
    nothing_at_all_or_far_too_much_is_answered(form, sender, sheet)

    answer = send(sender, sheet)

    sane(answer, form.label)
    assert answer.status_code == (302 if form.leads_on else answer.status_code), told(answer)


def any_text_is_stored_as_text_or_refused(form, sender, sheet):
    marks = {field: f"Ord{number}" for number, field in enumerate(sorted(sheet.texts))}
    for name, text in IN_TEXTS.items() if marks else ():
        with undone(sender):
            answer = send(sender, sheet.changed(**{field: f"{mark} {text}" for field, mark in marks.items()}))
            sane(answer, f"{form.label} {name}", marks.values())
            if answer.status_code == 302:
                sane(sender.get(answer.headers["Location"]), f"{form.label} {name}, page after")


def families(sheet):
    """Group what is hidden, chosen, ticked or dated, so that each group is changed at once."""
    groups = {}
    for field in sheet.values:
        if field not in sheet.texts and field != "csrfmiddlewaretoken":
            groups.setdefault(re.sub(r"^(revision|was|answer)_.*", r"\1", field), []).append(field)
    return groups


def any_hidden_field_or_choice_may_say_anything(form, sender, sheet):
    for group, fields in families(sheet).items():
        for name, value in {**IN_OTHERS, "missing": None, "twice": ["1", "2"]}.items():
            with undone(sender):
                sane(send(sender, sheet.changed(**dict.fromkeys(fields, value))), f"{form.label} {group} {name}")


def nothing_at_all_or_far_too_much_is_answered(form, sender, sheet):
    name = min(sheet.texts, default="noget")
    with undone(sender):
        answer = send(sender, sheet.changed(**{name: "x" * 10_000_000}))
        assert answer.status_code == 413
        assert "kortere" in " ".join(told(answer))
    with undone(sender):
        assert send(sender, sheet.changed(**{f"felt{number}": "1" for number in range(2100)})).status_code == 413
    with undone(sender):
        sane(send(sender, replace(sheet, values={}, files={})), form.label)


JUNK = ["\x00", "9" * 40, "9" * 5000, "-1", "²", "../..", SCRIPT, "\udfff", "'", "%"]


@pytest.mark.parametrize(
    ("name", "who", "keys"),
    [
        ("people", "hanne", ["q", "enhed", "side"]),
        ("messages", "tove", ["side"]),
        ("dialogues", "lene", ["side"]),
        ("create_unit", "hanne", ["under"]),
        ("create_committee", "hanne", ["unit"]),
        ("framework_element_new", "hanne", ["som"]),
        ("choose_capacity", "lene", ["next"]),
        ("account_login", "", ["next"]),
        ("workplaces", "lene", ["q", "side"]),
        ("volunteers", "lene", ["q", "tilstand", "opgave", "kontakt", "sted", "side"]),
        ("applications", "lene", ["side"]),
        ("go_through", "lene", ["vis", "valg"]),
        ("volunteer_messages", "lene", ["side"]),
        ("formalities_to_review", "lene", ["side"]),
        ("framework_reach", "hanne", ["side"]),
        ("calendars", "tove", ["udvalg"]),
        ("patterns", "lene", ["page"]),
    ],
)
def test_any_question_in_an_address_is_answered(scene, client_as, anonymous, name, who, keys):
    from tests.faults.scene import imported
    from tests.faults.sending import encoded

    imported(scene)
    client = client_as(getattr(scene.cast, who)) if who else anonymous
    for key in keys:
        for value in JUNK:
            answer = client.get(f"{reverse(name)}?{encoded({key: [value]})}")
            assert answer.status_code < 500, (key, value)
            assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "stage", "who", "key"),
    [
        ("agreement", stages.with_colleague, "lene", "kollega"),
        ("add_comment", stages.asked, "mia", "om"),
        ("year_wheel", stages.published, "tove", "aar"),
        ("propose_consent", stages.published, "tove", "fra"),
    ],
)
def test_any_question_in_an_address_of_a_workplace_or_body_is_answered(scene, client_as, name, stage, who, key):
    from tests.faults.sending import encoded

    client = client_as(getattr(stage(scene).cast, who))
    url = reverse(name, args=[scene.cast.solbakken.slug if who != "tove" else scene.body.slug])
    for value in JUNK:
        answer = client.get(f"{url}?{encoded({key: [value]})}")
        assert answer.status_code < 500, value
        assert "<script>alert" not in answer.content.decode()


def test_every_question_in_an_address_is_asked_here():
    """Compare with the code, so that a new parameter must be added above."""
    from pathlib import Path

    from django.apps import apps

    package = Path(apps.get_app_config("foundation").path).parent
    asked = {
        key
        for path in package.rglob("*.py")
        for key in re.findall(r'GET\.get(?:list)?\(\s*"([a-z]+)"', path.read_text())
    }
    assert asked <= {
        "aar",
        "fra",
        "q",
        "enhed",
        "kollega",
        "om",
        "side",
        "trin",
        "udvalg",
        "sted",
        "under",
        "unit",
        "valg",
        "som",
        "vis",
        "next",
        "page",
    }


def test_the_longest_name_and_title_decide_on_a_doubt(scene, client_as, anonymous):
    form = BY_LABEL["decide_doubt"]
    form.stage(scene)
    User.objects.filter(pk=scene.cast.lene.person).update(name="N" * 120)
    RoleAssignment.objects.filter(pk=scene.cast.lene.assignment_id).update(title="T" * 80)
    client = client_for(form, scene, client_as, anonymous)

    assert send(client, read(client, form, scene)).status_code == 302
