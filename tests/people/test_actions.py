# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from samspil.audit.models import Event
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.municipalities.models import Municipality
from samspil.people import actions
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import administrators, capacities_of, chosen_assignment, staff_of, units_reached
from tests.cast import outside_scope


def _grant(cast, at, **changed):
    wanted = {
        "email": "ny@example.dk",
        "name": "Ny Person",
        "role": Role.EMPLOYEE,
        "unit": cast.solbakken,
        "from_date": date(2026, 11, 1),
        "actor": cast.hanne,
        "at": at,
    }
    return actions.grant_role(**{**wanted, **changed})


def test_a_role_holds_from_its_first_to_its_last_day(cast, at):
    role = _grant(cast, at)
    actions.end_role(assignment=role, on=date(2026, 11, 20), actor=cast.hanne, at=at)

    def holds(day):
        return RoleAssignment.objects.on(day).filter(pk=role.pk).exists()

    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 21)]
    assert [holds(day) for day in days] == [False, True, True, False]


def test_a_known_e_mail_gets_the_role_beside_those_it_has(cast, at):
    role = _grant(cast, at, email="MIA@example.dk", name="Somebody Else", role=Role.VOLUNTEER)
    assert role.user_id == cast.mia.user_id
    assert role.user.name == "Mia Lund"
    assert len(capacities_of(role.user_id, date(2026, 11, 23))) == 2


def test_granting_what_is_held_already_changes_nothing(cast, at):
    before = Event.objects.count()
    again = _grant(cast, at, email="tove@example.dk")
    assert again.pk == cast.tove.assignment_id
    assert Event.objects.count() == before


def test_the_last_administrator_stays(cast, at, on):
    last = administrators(on).get()
    with pytest.raises(Refusal, match="administrere kommunen"):
        actions.end_role(assignment=last, on=on, actor=cast.hanne, at=at)
    _grant(cast, at, role=Role.ADMINISTRATOR, unit=cast.top)
    actions.end_role(assignment=last, on=on, actor=cast.hanne, at=at)
    assert [one.user.name for one in administrators(on + timedelta(days=1))] == ["Ny Person"]


def test_no_password_can_ever_be_used(cast, at):
    assert not User.objects.get(pk=_grant(cast, at).user_id).has_usable_password()


def test_an_event_names_codes_and_dates_only(cast, at):
    role = _grant(cast, at)
    event = Event.objects.get(name="people.role.grant", subject_id=str(role.pk))
    assert event.changes == {"role": "employee", "unit": "plejecenter-solbakken", "from": "2026-11-01"}


@pytest.mark.parametrize(
    ("who", "reached"),
    [
        ("hanne", {"Eksempelby Kommune", "Ældre og Sundhed", "Plejecenter Solbakken", "Nordre Skole"}),
        ("lene", {"Plejecenter Solbakken"}),
        ("mia", {"Plejecenter Solbakken"}),
        ("frida", {"Plejecenter Solbakken"}),
    ],
)
def test_how_far_down_a_role_reaches(cast, who, reached):
    assert {unit.name for unit in units_reached(getattr(cast, who))} == reached


def test_a_leader_above_reaches_what_stands_below(cast, at, on):
    from samspil.people.queries import capacity_of

    above = capacity_of(_grant(cast, at, role=Role.LEADER, unit=cast.elderly), on)
    assert {unit.name for unit in units_reached(above)} == {"Ældre og Sundhed", "Plejecenter Solbakken"}


def test_the_staff_are_employees_leader_and_coordinator(cast, on):
    names = [one.user.name for one in staff_of(cast.solbakken.pk, on)]
    assert names == ["Arne Bech", "Karim Aziz", "Lene Holm", "Mia Lund", "Tove Krag"]


@pytest.mark.requirement("R14.capacity")
def test_only_ones_own_role_of_today_can_be_chosen(cast, on):
    own = chosen_assignment(cast.lene.assignment_id, cast.lene.user_id, on)
    assert own is not None
    assert own.pk == cast.lene.assignment_id
    assert chosen_assignment(cast.lene.assignment_id, cast.mia.user_id, on) is None
    assert chosen_assignment(cast.lene.assignment_id, cast.lene.user_id, date(2019, 1, 1)) is None


def test_roles_in_two_municipalities_are_all_offered(cast, other_municipality, at, on):
    with tenancy.scope(other_municipality.municipality.pk):
        actions.grant_role(
            email="lene@example.dk",
            name="Lene Holm",
            role=Role.EMPLOYEE,
            unit=other_municipality.anlaegget,
            from_date=on,
            actor=other_municipality.kaj,
            at=at,
        )
    with outside_scope():
        offered = [(one.municipality.name, one.unit.name) for one in capacities_of(cast.lene.user_id, on)]
    assert offered == [
        ("Eksempelby Kommune", "Plejecenter Solbakken"),
        ("Anderby Kommune", "Plejehjemmet Anlægget"),
    ]


def test_a_real_municipality_is_created_with_its_administrator(db, capsys):
    call_command(
        "create_municipality", "Ærø Kommune", admin_name="Ane Holm", admin_email="Ane@Example.dk", contact_phone="12"
    )
    municipality = Municipality.objects.get(slug="aeroe-kommune")
    with tenancy.scope(municipality.pk):
        (first,) = RoleAssignment.objects.select_related("user", "unit")
        assert (first.role, first.user.email, first.unit.name) == ("administrator", "ane@example.dk", "Ærø Kommune")
        assert [event.name for event in Event.objects.all()] == ["municipalities.unit.create", "people.role.grant"]
    said = capsys.readouterr().out
    assert "/log-ind/" in said
    assert "Ane@Example.dk" in said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"slug": "eksempelby"}, "Der er allerede en kommune på adressen"),
        ({"slug": "ikke en adresse"}, "slug"),
        ({"admin_email": "nonsense"}, "e-mail"),
    ],
)
def test_a_municipality_that_cannot_be_created_leaves_nothing_behind(cast, options, sentence):
    before = (Municipality.objects.count(), User.objects.count())
    with pytest.raises(CommandError, match=sentence):
        call_command(
            "create_municipality", "Ny Kommune", **{"admin_name": "A", "admin_email": "a@example.dk", **options}
        )
    assert (Municipality.objects.count(), User.objects.count()) == before


def test_the_commands_make_the_folder_and_say_what_to_do_without_tables(tmp_path):
    folder = tmp_path / "not" / "there"
    given = {
        **os.environ,
        "SAMSPIL_DATA_DIR": str(folder),
        "SAMSPIL_SECRET_KEY": "s" * 50,
        "SAMSPIL_AUDIT_KEY": "a" * 50,
    }
    given |= {"SAMSPIL_DATABASE_URL": f"sqlite:///{folder / 'samspil.sqlite3'}", "SAMSPIL_AS_OWNER": "0"}
    command = [sys.executable, "-m", "samspil.config.command"]
    create = ["create-municipality", "Ny Kommune", "--admin-name", "A", "--admin-email", "a@example.dk"]

    def run(*words):
        return subprocess.run([*command, *words], env=given, capture_output=True, text=True, check=False, timeout=120)

    assert run("migrate", "--plan").returncode == 0
    refused = run(*create)
    assert (refused.returncode, "samspil migrate" in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)
    assert run("migrate", "--verbosity", "0").returncode == 0
    assert "Ny Kommune" in run(*create).stdout
