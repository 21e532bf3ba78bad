# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every page that a member of the cast can come to by links, in the data of the demo.

First without a browser: all links are followed, and none is dead. Then one page of each address in the browser, on a
desktop and on a phone, in Danish and in English: nothing that axe-core finds, nothing wider than the screen, and no
English on a Danish page. An address that no link leads to stands on a list with the reason why.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from lxml import html

from samspil.agreements import actions as agreements
from samspil.agreements.models import AgreementVersion
from samspil.config.demo import build_demo
from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import Element
from samspil.frameworks.queries import latest_published
from samspil.municipalities.actions import close_unit, create_unit
from samspil.municipalities.models import Municipality, Unit
from samspil.people.middleware import SESSION_KEY
from samspil.people.models import RoleAssignment
from samspil.people.queries import capacity_of
from tests.architecture.test_doors import addresses
from tests.journeys.conftest import WIDTHS, Visitor

pytestmark = pytest.mark.browser

DOCUMENT = "# Ramme\n\n## Fælles principper\n\n- Vi siger til.\n- Vi siger tak.\n"
WHO = {
    "eksempelby": [
        "Lene Holm",
        "Ole Munk",
        "Birthe Juul",
        "Ib Nygaard",
        "Tove Krag",
        "Karim Aziz",
        "Frida Dam",
        "Bent Friis",
    ],
    "anderby": ["Ditte Lang"],
}
OVERSEEING = {"eksempelby": ["Jørgen Vest", "Hanne Skov", "Dorte Friis", "Rikke Bang"]}
BY_ADDRESS = {
    "anybody": [
        "/log-ind/",
        "/demo/",
        "/aaben/eksempelby/vaerdiramme/1/",
        "/aaben/eksempelby/vaerdiramme.pdf",
        "/aaben/anderby/vaerdiramme/2/",
    ],
    "Hanne Skov": ["/beskeder/", "/sessioner/", "/vaerdiramme/import/", "/log-ud/"],
    "Ole Munk": [
        "/arbejdspladser/nordre-skole/aftale/vis/",
        "/arbejdspladser/nordre-skole/aftale/opgaver/ny/",
        "/arbejdspladser/nordre-skole/aftale/principper/nyt/",
        "/arbejdspladser/nordre-skole/aftale/steder-og-tid/",
        "/arbejdspladser/nordre-skole/aftale/opgiv/",
        "/arbejdspladser/nordre-skole/aftale/udgaver/1/",
    ],
    "Birthe Juul": ["/arbejdspladser/plejecenter-engparken/aftale/andre-steder/"],
}
"""Pages that a button leads to, or a link that stands there at other times only."""
LOOKS_DIFFERENT_TO_EACH = {"home", "workplace", "agreement"}
ASKS_WHO_WORKS_HERE = "open_workplace"
"""Its link to the whole agreement is for those who work there, and says so; it does not know who reads."""
NOT_BY_A_LINK = {
    "account_login": "the same page as account_signup",
    "account_request_login_code": "the same page as account_signup",
    "account_confirm_login_code": "after a code is asked for: test_finding_ones_way",
    "confirm_by_link": "in the mail only: test_main_job",
    "patterns": "in demo mode, by no link of the product",
    "set_language": "a button",
    "healthz": "for machines",
    "readyz": "for machines",
    "autosave_agreement": "answers what is typed",
    "begin_agreement": "a button",
    "decide_doubt": "a button",
    "take_out_involvement": "a button",
    "adopt_agreement": "a button",
    "put_agreement_in_force": "a button",
    "take_over_agreement": "a button",
    "end_no_volunteers": "a button",
    "show_unit": "a button",
    "open_message": "a button",
    "start_volunteer": "a button",
    "pause_volunteer": "a button",
    "open_receipt": "after something is sent at the open door: test_volunteers",
    "open_volunteer_message": "in the mail only",
    "volunteer_message": "when something has been written to volunteers",
    "merge_volunteers": "when somebody stands twice",
    "switch_mail_on": "when e-mail about messages is switched off",
    "remove_closed_day": "a button",
    "note_formalities": "a button",
    "answer_lasting": "a button",
    "ask_for_certificate": "a button",
    "remove_insurance_line": "a button",
    "formality_round": "fetched while a round over the volunteers goes on",
    "formalities_to_review": "on the home page, when something has a day",
    "framework_paragraph": "a button of the draft, and shown again after a fault",
    "task_details": "a button of the page, after the page is saved: test_main_job",
    "cancel_entry": "a button",
    "minutes_here": "a button",
    "say_held": "a button",
    "open_meeting": "a button",
    "arrange_agenda": "a button",
    "send_agenda": "a button",
    "approve_minutes": "a button",
    "meeting": "for a body that writes its minutes here: test_minutes",
    "add_meeting": "the same",
    "add_point": "the same",
    "point": "the same",
    "record_at_meeting": "the same",
    "attendance": "the same",
    "call_off_meeting": "the same",
    "close_minutes": "the same",
    "correct_minutes": "the same",
    "meeting_pdf": "the same",
    "minutes": "the same",
    "correct_consent": "while a standing consent is being discussed",
    "revoke_calendar": "a button",
    "calendar_feed": "in somebody's calendar only",
    "confirm_dialogue": "when a discussion is written down: test_main_job",
    "reopen_dialogue": "when a discussion counts and nothing rests on it yet",
    "settle_dialogue": "when the employee side has said no",
    "send_on_dialogue": "where there is a body above",
    "enter_existing": "while agreements from before may be entered",
    "existing_file": "when a file has been put in",
    "use_draft_again": "when the municipality has words of its own",
    "answer_comment": "a button of the page, after the page is saved: test_keyboard",
    "follow_edition": "a button",
    "switch_edition": "while something on its way builds on an older edition: test_new_editions",
    "retie_principle": "a button, where what a principle built on is gone: test_new_editions",
    "close_comment_round": "a button",
    "attached_file": "when a file has been attached",
    "stop_task": "a link of an agreement in force, for its leader: test_between",
    "start_activity": "a link of an agreement in force, for its leader: test_between",
    "end_agreement": "a link of an agreement in force, for its leader: test_ending",
    "occasion": "when an event has been planned",
    "cancel_occasion": "when an event has been planned",
    "note_occasion": "a button",
    "count_group": "when a group has been received",
    "partnership": "when there is an association",
    "write_partnership": "a button",
    "take_back_partnership": "a button",
    "give_up_partnership": "a button",
    "decide_partnership": "a button",
    "end_partnership": "when there is an association",
    "confirm_partnership": "when there is an association",
    "count_partnership": "when there is an association",
    "one_of_the_association": "when there is an association",
    "hand_over_role": "when a role has been taken on",
    "remove_attached_file": "a button",
    "agreement_differences": "when there is a second version",
    "agreement_change": "when there is a draft of a second version",
    "announced_change": "when a change is announced",
    "object_to_change": "a button",
    "decide_ending": "a button",
    "give_up_ending": "a button",
    "edit_policy": "when a policy has been put in",
    "end_policy": "when a policy has been put in",
    "make_terms": "a button",
    "note_acceptance": "a button",
    "note_welcome": "a button",
    "note_ending": "a button",
    "accept_terms": "a button",
    "own_pause": "a button",
    "decline_task": "a button",
    "certificate": "when a volunteer has stopped, whom the list shows when asked: test_own_page",
    "forget_volunteer": "when a volunteer has stopped, whom the list shows when asked: test_own_page",
}


@dataclass
class Person:
    """Somebody who follows links."""

    name: str
    client: Client
    seen: dict[str, Any] = field(default_factory=dict)


def _capacity(slug: str, name: str) -> Capacity:
    municipality = Municipality.objects.get(slug=slug)
    with tenancy.scope(municipality.pk):
        row = RoleAssignment.objects.select_related("user", "unit", "municipality").filter(user__name=name).first()
        return capacity_of(row, timezone.localdate())


def _log_in(capacity: Capacity) -> Client:
    from samspil.people.models import User

    client = Client()
    client.force_login(
        User.objects.get(pk=capacity.person), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session[SESSION_KEY] = capacity.assignment_id
    session.save()
    return client


def _publish_next_edition(administrator: Capacity, now: datetime, today: date) -> None:
    """Publish the next edition of the framework, with one change of words."""
    given: dict[str, Any] = {"actor": administrator, "at": now}
    draft = frameworks.copy_version(version=latest_published(), **given)
    element = Element.objects.filter(version=draft, kind="principle").first()
    wording = frameworks.Wording(kind="principle", text="Vi siger altid til.")
    frameworks.edit_element(element=element, wording=wording, expected_revision=1, **given)
    said = frameworks.Explanation(fate="substantive", reason="Det manglede.")
    frameworks.explain_change(version=draft, lineage=element.lineage, said=said, expected_revision=2, **given)
    tomorrow = today + timedelta(days=1)
    frameworks.publish_version(version=draft, in_force_from=tomorrow, predecessor_until=tomorrow, on=today, **given)


@pytest.fixture
def people(transactional_db: None) -> list[Person]:
    """The cast of the demo, some more things on their way than it has."""
    del transactional_db
    build_demo()
    now, today = timezone.now(), timezone.localdate()
    hanne, ole, ditte = (
        _capacity(slug, name)
        for slug, name in (("eksempelby", "Hanne Skov"), ("eksempelby", "Ole Munk"), ("anderby", "Ditte Lang"))
    )
    with tenancy.scope(hanne.municipality_id):
        draft = frameworks.copy_version(version=latest_published(), actor=hanne, at=now)
        value = Element.objects.filter(version=draft, kind="value").first()
        frameworks.remove_element(element=value, expected_revision=draft.revision, actor=hanne, at=now)
        version = AgreementVersion.objects.get(state="draft", agreement__workplace=ole.unit_id)
        birthe, ib = (_capacity("eksempelby", name) for name in ("Birthe Juul", "Ib Nygaard"))
        begun = agreements.open_draft(workplace=Unit.objects.get(pk=birthe.unit_id), actor=birthe, on=today, at=now)
        agreements.open_comment_round(
            version=begun, last_day=today + timedelta(days=7), words="", actor=birthe, on=today, at=now
        )
        agreements.add_comment(version=begun, clause="", text="Godt udkast.", actor=ib, on=today, at=now)
        agreements.send_to_dialogue(version=version, actor=ole, on=today, at=now - timedelta(minutes=5))
        villa = create_unit(
            name="Villa Eng",
            parent=begun.agreement.workplace,
            sector="care_home",
            is_workplace=True,
            actor=hanne,
            at=now,
        )
        close_unit(unit=villa, closed_from=today + timedelta(days=30), succeeded_by=None, actor=hanne, at=now)
    with tenancy.scope(ditte.municipality_id):
        _publish_next_edition(ditte, now, today)
        frameworks.import_framework(content=DOCUMENT.encode(), filename="ramme.md", actor=ditte, at=now)
    members = [
        Person(name, _log_in(_capacity(slug, name)))
        for slug, names in [*WHO.items(), *OVERSEEING.items()]
        for name in names
    ]
    return [Person("anybody", Client()), *members]


def _links(content: str, path: str) -> set[str]:
    found = html.fromstring(content).xpath("//a/@href") if content else []
    inside = {re.sub("#.*", "", href) for href in found if not re.match("(https?|mailto|tel):", href)}
    return {f"{urlsplit(path).path}{href}" if href.startswith("?") else href for href in inside if href}


def _follow_everything(person: Person, begin: list[str]) -> dict[str, set[str]]:
    """Follow every link of ours; return the dead ones with the pages they stand on."""
    waiting, from_where, dead = begin, defaultdict(set), defaultdict(set)
    while waiting:
        path = waiting.pop()
        if path in person.seen:
            continue
        answer = person.client.get(path)
        person.seen[path] = answer.status_code
        if answer.status_code >= 400:
            if not all(_name(page) == ASKS_WHO_WORKS_HERE for page in from_where[path]):
                dead[path] |= from_where[path]
            continue
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"].partition("#")[0] or path)
        elif "attachment" in answer.headers.get("Content-Disposition", ""):
            person.seen[path] = 0  # a file, whatever is in it
        elif answer.headers["Content-Type"].startswith("text/html"):
            for link in _links(answer.content.decode(), path):
                from_where[link].add(path)
                waiting.append(link)
        else:
            person.seen[path] = 0  # a file
    return dead


def _name(path: str) -> str:
    try:
        return str(resolve(urlsplit(path).path).url_name)
    except Resolver404:
        return ""


def _examples(people: list[Person]) -> dict[tuple[str, str], str]:
    """Return one page of each address, by who looks at it first; the home page and its like for each of them."""
    found: dict[tuple[str, str], str] = {}
    taken = set()
    for person in people:
        for path, status in sorted(person.seen.items(), key=lambda item: len(item[0])):
            name = _name(path)
            if status != 200 or not name or ((name in taken) and name not in LOOKS_DIFFERENT_TO_EACH):
                continue
            if (person.name, name) in found:
                continue
            taken.add(name)
            found[person.name, name] = path
    return found


def _english() -> list[str]:
    with translation.override("da"):
        catalogue = translation.trans_real.translation("da")._catalog
        return [
            str(key).rpartition("\x04")[2]
            for key, value in catalogue.items()
            if isinstance(key, str)
            and key.count(" ") >= 2
            and "%" not in key
            and isinstance(value, str)
            and value != key.rpartition("\x04")[2]
        ]


def _look_at_all(browser: Any, base: str, people: list[Person], language: str) -> list[str]:
    problems = []
    examples, english = _examples(people), _english()
    for wide, high in WIDTHS.values():
        for person in people:
            context = browser.new_context(viewport={"width": wide, "height": high}, reduced_motion="reduce")
            cookies = {settings.LANGUAGE_COOKIE_NAME: language}
            session = person.client.cookies.get(settings.SESSION_COOKIE_NAME)
            if session is not None:
                cookies[settings.SESSION_COOKIE_NAME] = session.value
            context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
            visitor = Visitor(context.new_page(), base)
            for path in [path for (who, _name), path in examples.items() if who == person.name]:
                visitor.open(path)
                try:
                    visitor.look()
                except AssertionError as error:
                    problems.append(f"{language} {wide} {person.name} {path}: {str(error)[:400]}")
                text = " ".join(visitor.page.inner_text("main").split()) if language == "da" else ""
                problems += [f"{path} says “{msgid}”" for msgid in english if msgid in text]
            context.close()
    return problems


@pytest.mark.requirement("R38")
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_is_for_everybody(browser, live_server, people, language):
    dead = {}
    for person in people:
        person.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        begin = "/aaben/eksempelby/" if person.name == "anybody" else "/"
        found = _follow_everything(person, [begin, *BY_ADDRESS.get(person.name, ())])
        dead |= {f"{person.name}: {path}": sorted(pages) for path, pages in found.items()}
    assert dead == {}, "\n".join(f"{link} on {pages}" for link, pages in dead.items())

    reached = {_name(path) for person in people for path in person.seen}
    asked = {
        pattern.name
        for _path, pattern in addresses()
        if (view := getattr(pattern.callback, "view_class", None)) is None or hasattr(view, "get")
    }
    missed = sorted(asked - reached - NOT_BY_A_LINK.keys())
    assert missed == [], " ".join(missed)

    problems = _look_at_all(browser, live_server.url, people, language)
    assert problems == [], "\n".join(problems)
