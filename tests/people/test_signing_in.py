# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from samspil.audit.models import Event
from samspil.people import actions
from samspil.people.middleware import SESSION_KEY
from samspil.people.models import Role, RoleAssignment, User
from tests.cast import TODAY, CastClient, log_in


@pytest.fixture
def code_of():
    def read() -> str:
        found = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]*$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[0]

    return read


def _ask(client, email="lene@example.dk", **query):
    return client.post(reverse("account_login", query=query), {"email": email})


def test_a_code_by_mail_lets_one_in_and_the_only_role_is_chosen(cast, anonymous, code_of):
    answer = _ask(anonymous)
    assert answer.url == reverse("account_confirm_login_code")
    assert anonymous.get(answer.url).status_code == 200

    answer = anonymous.post(answer.url, {"code": code_of(), "action": "verify"})

    assert answer.url == reverse("home")
    assert anonymous.session[SESSION_KEY] == cast.lene.assignment_id


def test_the_mail_is_plain_danish_from_a_machine_with_no_link(cast, anonymous):
    _ask(anonymous)
    (sent,) = mail.outbox
    assert sent.subject == "Din kode til Samspil"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "http" not in sent.body
    assert sent.to == ["lene@example.dk"]


def test_an_unknown_address_gets_the_same_answer(cast, anonymous):
    known, unknown = CastClient(), CastClient()
    first, second = _ask(known), _ask(unknown, "nobody@example.dk")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    pages = [client.get(first.url).content.decode() for client in (known, unknown)]
    same = [re.sub(r'value="[^"]{20,}"', "", page).replace("nobody@", "lene@") for page in pages]
    assert same[0] == same[1]
    assert [message.to for message in mail.outbox] == [["lene@example.dk"], ["nobody@example.dk"]]
    assert mail.outbox[1].subject == "Om at logge ind i Samspil"
    assert not User.objects.filter(email="nobody@example.dk").exists()


def test_a_wrong_code_is_told_so_and_the_fifth_ends_it(cast, anonymous):
    url = _ask(anonymous).url
    for _ in range(4):
        answer = anonymous.post(url, {"code": "WRONG1", "action": "verify"})
        assert answer.status_code == 200
        assert "Det er ikke den kode, vi har sendt" in answer.content.decode()
    assert anonymous.post(url, {"code": "WRONG1", "action": "verify"}).url == reverse("account_login")
    assert SESSION_KEY not in anonymous.session


def test_asking_for_many_codes_is_stopped(cast):
    for _ in range(3):
        _ask(CastClient())
    answer = _ask(CastClient())
    assert answer.status_code == 200
    assert "Vent nogle minutter" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_whoever_is_no_longer_active_gets_no_code(cast, anonymous):
    User.objects.filter(pk=cast.lene.user_id).update(is_active=False)
    _ask(anonymous)
    assert mail.outbox[0].subject == "Om at logge ind i Samspil"


@pytest.mark.parametrize("path", ["/log-ind/adgangskode/", "/accounts/login/", "/accounts/signup/", "/opret/"])
def test_there_are_no_passwords_and_no_signing_up(cast, anonymous, path):
    assert anonymous.get(path).status_code == 404


@pytest.mark.parametrize(
    "name", ["account_set_password", "account_change_password", "account_reset_password", "account_email"]
)
def test_names_that_are_not_needed_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.requirement("R14.capacity")
def test_with_two_roles_one_must_choose_and_the_audit_records_it(cast, anonymous, code_of, at):
    actions.grant_role(
        email="mia@example.dk",
        name="Mia Lund",
        role=Role.VOLUNTEER,
        unit=cast.nordre_skole,
        from_date=TODAY,
        actor=cast.hanne,
        at=at,
    )
    url = _ask(anonymous, "mia@example.dk").url
    anonymous.post(url, {"code": code_of(), "action": "verify"})
    assert SESSION_KEY not in anonymous.session
    assert anonymous.get(reverse("home")).url == reverse("choose_capacity")
    page = anonymous.get(reverse("choose_capacity")).content.decode()
    assert "Plejecenter Solbakken" in page
    assert "Nordre Skole" in page

    anonymous.post(reverse("choose_capacity"), {"assignment": cast.mia.assignment_id, "next": "/arbejdspladser/"})

    assert anonymous.session[SESSION_KEY] == cast.mia.assignment_id
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert (event.name, event.changes) == ("people.capacity.choose", {"role": "employee"})


@pytest.mark.requirement("R14.capacity")
def test_as_a_volunteer_the_same_person_stands_in_the_audit_by_pseudonym(cast, client_as, at):
    volunteer = actions.grant_role(
        email="mia@example.dk",
        name="Mia Lund",
        role=Role.VOLUNTEER,
        unit=cast.solbakken,
        from_date=TODAY,
        actor=cast.hanne,
        at=at,
    )
    client_as(cast.mia).post(reverse("choose_capacity"), {"assignment": volunteer.pk})
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert sorted(event.capacity) == ["pseudonym", "role", "unit"]
    assert "Mia" not in str(event.capacity)


@pytest.mark.requirement("R14.capacity")
def test_nobody_chooses_the_role_of_another(cast, other_municipality, client_as):
    client = client_as(cast.mia)
    for assignment in (cast.lene.assignment_id, other_municipality.kaj.assignment_id, "x", "", "9" * 5000, "-1"):
        assert client.post(reverse("choose_capacity"), {"assignment": assignment}).status_code == 404
    assert client.session[SESSION_KEY] == cast.mia.assignment_id


@pytest.mark.requirement("R14.capacity")
def test_a_role_of_another_in_the_session_counts_for_nothing(cast, other_municipality, anonymous):
    log_in(anonymous, cast.mia)
    session = anonymous.session
    for assignment in (cast.lene.assignment_id, other_municipality.kaj.assignment_id):
        session[SESSION_KEY] = assignment
        session.save()
        assert anonymous.get(reverse("home")).url == reverse("choose_capacity")


@pytest.mark.requirement("R14.capacity")
def test_a_role_that_has_ended_is_no_longer_acted_in(cast, client_as, at):
    client = client_as(cast.karim)
    assert client.get(reverse("home")).status_code == 200
    actions.end_role(
        assignment=RoleAssignment.objects.get(pk=cast.karim.assignment_id),
        on=date(2021, 1, 1),
        actor=cast.hanne,
        at=at,
    )
    assert client.get(reverse("home")).url == reverse("choose_capacity")
    page = client.get(reverse("choose_capacity")).content.decode()
    assert "Du har ingen rolle her i dag" in page
    assert "12 34 56 78" in page


def test_whoever_must_choose_first_comes_to_the_page_they_wanted(cast, anonymous):
    anonymous.force_login(
        User.objects.get(pk=cast.mia.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = anonymous.get(reverse("messages"))
    assert answer.url == f"{reverse('choose_capacity')}?next={reverse('messages')}"
    assert f'name="next" value="{reverse("messages")}"' in anonymous.get(answer.url).content.decode()


def test_the_way_on_stays_on_our_site(cast, client_as):
    choose = reverse("choose_capacity")
    client = client_as(cast.mia)
    for wanted, where in (("https://evil.example/", "/"), ("//evil.example", "/"), ("/beskeder/", "/beskeder/")):
        answer = client.post(choose, {"assignment": cast.mia.assignment_id, "next": wanted})
        assert answer.url == where


def test_logging_out_asks_first_and_then_ends_the_session(cast, client_as):
    client = client_as(cast.mia)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).url == reverse("home")
    assert SESSION_KEY not in client.session


def test_everywhere_else_can_be_logged_out(cast, settings):
    # A real log-in is noted by allauth's signal, which the test client's short cut does not send.
    settings.USERSESSIONS_TRACK_ACTIVITY = True
    here, there = log_in(CastClient(), cast.mia), log_in(CastClient(), cast.mia)
    there.get(reverse("home"))
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Log af alle andre steder" in page
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("usersessions_list")).status_code == 302
    assert "Du er kun logget ind her" in here.get(reverse("usersessions_list")).content.decode()


def test_the_demo_list_does_not_exist_outside_the_demo(cast, anonymous):
    with pytest.raises(NoReverseMatch):
        reverse("demo_cast")
    assert anonymous.get("/demo/").status_code == 404
    assert anonymous.post("/demo/", {"assignment": cast.lene.assignment_id}).status_code == 404


@pytest.mark.urls("tests.people.demo_urls")
def test_the_demo_list_logs_one_in_with_one_press(cast, other_municipality, anonymous, settings):
    assert anonymous.get("/demo/").status_code == 404
    settings.DEMO = True
    page = anonymous.get("/demo/").content.decode()
    assert "Lene Holm" in page
    assert "Kaj Toft" in page

    answer = anonymous.post("/demo/", {"municipality": "anderby", "assignment": other_municipality.kaj.assignment_id})

    assert answer.url == "/"
    assert anonymous.session[SESSION_KEY] == other_municipality.kaj.assignment_id
    wrong = {"municipality": "anderby", "assignment": cast.lene.assignment_id}
    assert anonymous.post("/demo/", wrong).status_code == 404


def test_a_role_is_chosen_whatever_its_number(cast, client_as):
    """Numbers are shown to people with a point for thousands, and never so to a form."""
    tove = RoleAssignment.objects.get(pk=cast.tove.assignment_id)
    assignments = [
        RoleAssignment.objects.create(
            pk=number, user_id=tove.user_id, role=Role.LEADER, unit_id=unit.pk, from_date=TODAY
        )
        for number, unit in ((1_234_567, cast.solbakken), (1_234_568, cast.nordre_skole))
    ]
    client = client_as(cast.tove)
    sent = re.findall(r'name="assignment" value="([^"]+)"', client.get(reverse("choose_capacity")).content.decode())

    assert {str(assignment.pk) for assignment in assignments} <= set(sent)
