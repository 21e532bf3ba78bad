# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Employees read in from a payroll system, errors and all."""

import random
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from samspil.audit.models import Event
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import PlanRefusedError
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Sector, Unit
from samspil.people import actions
from samspil.people.importing import COLUMNS
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import holders
from tests.cast import outside_scope
from tests.tables import choose, confirm, table_of, text_file

HEADINGS = "Medarbejdernummer;Fornavn;Efternavn;Mail;Afdelingskode;Startdato;Slutdato;Titel;Brugernavn;Rolle"
LENE = "17;Lene;Holm;Lene@example.dk;2010;01-08-2019;;plejecenterleder;LEHO;leder"
MIA = "18;Mia;Lund;mia@example.dk;2010;15.3.2021;31-12-9999;sosu-assistent;MILU;"
NEW = "19;Åse;Ørum;aase@example.dk;3010;2022-05-01;;lærer;AAOE;"
FILE = (HEADINGS, LENE, MIA, NEW)
YESTERDAY = date(2026, 11, 22)


@pytest.fixture
def coded(cast):
    """The cast, with the codes of its units."""
    Unit.objects.filter(pk=cast.solbakken.pk).update(code="2010")
    Unit.objects.filter(pk=cast.nordre_skole.pk).update(code="3010")
    return cast


def import_lines(cast, at, *lines, on=None):
    with translation.override("en"):
        return actions.import_people(table=table_of(COLUMNS, *lines), actor=cast.hanne, on=on or at.date(), at=at)


def roles(number):
    rows = RoleAssignment.objects.filter(employee_number=number).order_by("from_date", "id")
    return [(row.unit.name, row.role, row.from_date, row.until) for row in rows.select_related("unit")]


def test_a_list_brings_new_people_and_takes_over_the_roles_entered_by_hand(coded, at):
    before = RoleAssignment.objects.count()
    done = import_lines(coded, at, *FILE)

    assert (len(done.creates), len(done.changes)) == (1, 2)
    assert RoleAssignment.objects.count() == before + 1
    lene = RoleAssignment.objects.get(pk=coded.lene.assignment_id)
    assert (lene.employee_number, lene.username, lene.title) == ("17", "LEHO", "plejecenterleder")
    assert (lene.role, lene.from_date) == (Role.LEADER, date(2019, 8, 1))
    aase = User.objects.get(email="aase@example.dk")
    assert (aase.name, aase.has_usable_password()) == ("Åse Ørum", False)
    assert roles("19") == [("Nordre Skole", Role.EMPLOYEE, date(2022, 5, 1), None)]


def test_the_same_file_once_more_changes_nothing(coded, at):
    import_lines(coded, at, *FILE)
    before = (list(RoleAssignment.objects.order_by("pk").values()), list(User.objects.order_by("pk").values()))
    events = Event.objects.count()
    again = import_lines(coded, at, *FILE, on=at.date() + timedelta(days=40))

    assert (again.does_nothing, again.unchanged) == (True, 3)
    assert (list(RoleAssignment.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())) == before
    assert Event.objects.count() == events


def test_a_leader_who_moves_leads_the_one_until_yesterday_and_the_other_from_today(coded, at):
    import_lines(coded, at, *FILE)
    moved = (HEADINGS, LENE.replace("2010", "3010"), MIA, NEW)
    done = import_lines(coded, at, *moved)

    assert roles("17") == [
        ("Plejecenter Solbakken", Role.LEADER, date(2019, 8, 1), YESTERDAY),
        ("Nordre Skole", Role.LEADER, at.date(), None),
    ]
    assert not holders(Role.LEADER, coded.solbakken.pk, at.date()).exists()
    assert [line.name for line in done.changes] == ["Lene Holm (17)"]
    assert import_lines(coded, at, *moved).does_nothing
    assert import_lines(coded, at, *moved, on=at.date() + timedelta(days=3)).does_nothing


def test_who_moves_on_a_day_to_come_moves_on_that_day(coded, at):
    import_lines(coded, at, *FILE)
    moved = (HEADINGS, LENE.replace("2010;01-08-2019", "3010;01-02-2027"), MIA, NEW)
    import_lines(coded, at, *moved)

    assert roles("17") == [
        ("Plejecenter Solbakken", Role.LEADER, date(2019, 8, 1), date(2027, 1, 31)),
        ("Nordre Skole", Role.LEADER, date(2027, 2, 1), None),
    ]
    assert import_lines(coded, at, *moved).does_nothing


def test_a_move_on_the_first_day_is_put_right_in_place(coded, at):
    line = "20;Per;Dahl;per@example.dk;2010;23-11-2026;;;;"
    import_lines(coded, at, HEADINGS, line)
    import_lines(coded, at, HEADINGS, line.replace("2010", "3010"))

    assert roles("20") == [("Nordre Skole", Role.EMPLOYEE, at.date(), None)]


def test_who_becomes_leader_has_both_roles_after_one_another(coded, at):
    import_lines(coded, at, *FILE)
    import_lines(coded, at, HEADINGS, NEW + "leder")

    assert [(role, until) for _unit, role, _from, until in roles("19")] == [
        (Role.EMPLOYEE, YESTERDAY),
        (Role.LEADER, None),
    ]


def test_who_leaves_leaves_and_who_comes_back_begins_anew(coded, at):
    import_lines(coded, at, *FILE)
    left = NEW.replace("2022-05-01;", "2022-05-01;31-10-2026")
    import_lines(coded, at, HEADINGS, left)
    assert roles("19")[0][3] == date(2026, 10, 31)
    assert import_lines(coded, at, HEADINGS, left).does_nothing
    import_lines(coded, at, HEADINGS, NEW.replace("2022-05-01", "2026-11-15"))

    assert [entry[2:] for entry in roles("19")] == [
        (date(2022, 5, 1), date(2026, 10, 31)),
        (date(2026, 11, 15), None),
    ]


def test_who_moved_here_and_turns_out_to_have_left_before_is_ended_once(coded, at):
    import_lines(coded, at, *FILE)
    import_lines(coded, at, HEADINGS, NEW.replace("3010", "2010"))
    left = NEW.replace("3010;2022-05-01;", "2010;2022-05-01;20-11-2026")
    import_lines(coded, at, HEADINGS, left)

    assert roles("19")[1][2:] == (at.date(), at.date())
    assert import_lines(coded, at, HEADINGS, left).does_nothing


def test_a_role_ended_here_is_not_given_again_by_an_old_file(coded, at):
    import_lines(coded, at, *FILE)
    actions.end_role(
        assignment=RoleAssignment.objects.get(employee_number="19"), on=YESTERDAY, actor=coded.hanne, at=at
    )
    done = import_lines(coded, at, *FILE)

    assert done.does_nothing
    assert [remark.row for remark in done.remarks] == [4]


def test_dates_are_put_right_by_the_file(coded, at):
    import_lines(coded, at, *FILE)
    import_lines(coded, at, HEADINGS, NEW.replace("2022-05-01;", "2021-05-01;31-12-2027"))
    assert roles("19")[0][2:] == (date(2021, 5, 1), date(2027, 12, 31))
    import_lines(coded, at, HEADINGS, NEW.replace("2022-05-01", "2021-05-01"))
    assert roles("19")[0][2:] == (date(2021, 5, 1), None)


def test_who_moved_and_gets_another_first_day_has_the_right_one_changed(coded, at):
    import_lines(coded, at, *FILE)
    import_lines(coded, at, HEADINGS, NEW.replace("3010", "2010"))
    import_lines(coded, at, HEADINGS, NEW.replace("3010;2022-05-01", "2010;2020-05-01"))
    assert [entry[2] for entry in roles("19")] == [date(2020, 5, 1), at.date()]
    import_lines(coded, at, HEADINGS, NEW.replace("3010;2022-05-01", "2010;2026-12-01"))
    assert [entry[2] for entry in roles("19")] == [date(2020, 5, 1), date(2026, 12, 1)]


def test_a_new_name_and_a_new_e_mail_follow_the_number(coded, at):
    import_lines(coded, at, *FILE)
    done = import_lines(coded, at, HEADINGS, NEW.replace("Ørum;aase@", "Ørum Lind;aaol@"))

    user = User.objects.get(email="aaol@example.dk")
    assert user.name == "Åse Ørum Lind"
    assert done.changes[0].details == (
        "E-mail: aaol@example.dk (before: aase@example.dk)",
        "Name: Åse Ørum Lind (before: Åse Ørum)",
    )
    assert not User.objects.filter(email="aase@example.dk").exists()


def test_somebody_known_in_another_municipality_keeps_name_and_e_mail(coded, other_municipality, at):
    kaj = User.objects.get(pk=other_municipality.kaj.user_id)
    import_lines(coded, at, HEADINGS, f"30;Kaj;Andersen;{kaj.email};2010;01-01-2026;;;;")
    kaj.refresh_from_db()
    assert (kaj.name, len(roles("30"))) == ("Kaj Toft", 1)
    with pytest.raises(PlanRefusedError, match="another municipality"):
        import_lines(coded, at, HEADINGS, "30;Kaj;Andersen;min@example.dk;2010;01-01-2026;;;;")


def test_two_people_with_one_e_mail_are_an_error_and_two_employments_are_not(coded, at):
    with pytest.raises(PlanRefusedError) as refused:
        import_lines(coded, at, HEADINGS, MIA, "40;Per;Dahl;MIA@example.dk;3010;01-01-2020;;;;")
    assert [(error.row, error.column) for error in refused.value.plan.errors] == [(3, "Mail")]
    import_lines(coded, at, HEADINGS, MIA, "40;Mia;Lund;mia@example.dk;3010;01-01-2020;;;;")

    assert User.objects.filter(email="mia@example.dk").count() == 1
    assert [entry[0] for entry in roles("40")] == ["Nordre Skole"]


def test_the_same_role_twice_in_one_place_is_left_out_with_a_word(coded, at):
    file = (HEADINGS, NEW, NEW.replace("19;", "20;", 1))
    done = import_lines(coded, at, *file)

    assert ([remark.row for remark in done.remarks], len(done.creates), done.unchanged) == ([3], 1, 0)
    assert import_lines(coded, at, *file).does_nothing


def test_who_has_no_e_mail_or_has_left_already_is_left_out(coded, at):
    before = User.objects.count()
    done = import_lines(
        coded,
        at,
        HEADINGS,
        "50;Per;Dahl;;2010;01-01-2020;;;;",
        "51;Ib;Juhl;ib@example.dk;2010;01-01-2020;31-12-2020;;;",
    )

    assert ([remark.row for remark in done.remarks], User.objects.count()) == ([2, 3], before)


def test_who_is_not_in_the_file_is_listed_and_left_alone(coded, at):
    import_lines(coded, at, *FILE)
    done = import_lines(coded, at, HEADINGS, MIA)

    assert [line.name for line in done.absent] == ["Lene Holm (17)", "Åse Ørum (19)"]
    assert roles("19")[0][3] is None


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (";Per;Dahl;per@example.dk;2010;01-01-2020;;;;", "Medarbejdernummer", "employee number"),
        ("17;Per;Dahl;per@example.dk;2010;01-01-2020;;;;", "Medarbejdernummer", "row 2"),
        ("60;;Dahl;per@example.dk;2010;01-01-2020;;;;", "Fornavn", "first name"),
        (f"60;Per;{'x' * 120};per@example.dk;2010;01-01-2020;;;;", "Efternavn", "120"),
        ("60;Per;Dahl;per(a)example.dk;2010;01-01-2020;;;;", "Mail", "whole e-mail"),
        ("60;Per;Dahl;per@example.dk;999;01-01-2020;;;;", "Afdelingskode", "999"),
        ("60;Per;Dahl;per@example.dk;;01-01-2020;;;;", "Afdelingskode", "code"),
        ("60;Per;Dahl;per@example.dk;2010;;;;;", "Startdato", "first day"),
        ("60;Per;Dahl;per@example.dk;2010;31-02-2020;;;;", "Startdato", "31-02-2020"),
        ("60;Per;Dahl;per@example.dk;2010;1/13/20;;;;", "Startdato", "not a date"),
        ("60;Per;Dahl;per@example.dk;2010;01-01-2020;i morgen;;;", "Slutdato", "not a date"),
        ("60;Per;Dahl;per@example.dk;2010;01-01-2020;31-12-2019;;;", "Slutdato", "before the first"),
        ("60;Per;Dahl;per@example.dk;2010;01-01-2020;;;;konge", "Rolle", "medarbejder"),
        ("0101801234;Per;Dahl;per@example.dk;2010;01-01-2020;;;;", "Medarbejdernummer", "CPR"),
        (f"60;Per;Dahl;per@example.dk;2010;01-01-2020;;{'x' * 81};;", "Titel", "80"),
        ("17;Lene;Holm;lene@example.dk", "Medarbejdernummer", "row 2"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column_and_nothing_is_read_in(coded, at, line, column, said):
    before = (User.objects.count(), RoleAssignment.objects.count())
    with pytest.raises(PlanRefusedError) as refused:
        import_lines(coded, at, *FILE, line)

    assert [(error.row, error.column) for error in refused.value.plan.errors] == [(5, column)]
    assert said in str(refused.value)
    assert (User.objects.count(), RoleAssignment.objects.count()) == before


def test_an_e_mail_that_is_somebody_elses_is_refused(coded, at):
    import_lines(coded, at, *FILE)
    with pytest.raises(PlanRefusedError, match="somebody else"):
        import_lines(coded, at, HEADINGS, NEW.replace("aase@", "tove@").replace("Åse;Ørum", "Tove;Krag"))
    with pytest.raises(PlanRefusedError, match="another e-mail further up"):
        import_lines(
            coded, at, HEADINGS, NEW.replace("aase@", "ny@"), "61;Åse;Ørum;aase@example.dk;2010;01-01-2020;;;;"
        )


def test_administrators_roles_are_never_touched(coded, at):
    Unit.objects.filter(pk=coded.top.pk).update(code="1")
    import_lines(coded, at, HEADINGS, "70;Hanne;Skov;hanne@example.dk;1;01-01-2020;;;;")

    hanne = RoleAssignment.objects.get(pk=coded.hanne.assignment_id)
    assert (hanne.role, hanne.employee_number) == (Role.ADMINISTRATOR, "")
    assert roles("70")[0][1] == Role.EMPLOYEE


def test_one_event_tells_how_much_was_read_in_and_names_nobody(coded, at):
    import_lines(coded, at, *FILE)
    event = Event.objects.order_by("-sequence").first()

    assert event.name == "people.roles.import"
    assert {key: value for key, value in event.changes.items() if key != "file"} == {
        "created": 1,
        "changed": 2,
        "unchanged": 0,
    }


def test_only_the_secretariat_reads_people_in(coded, at, client_as):
    with pytest.raises(Refusal):
        actions.import_people(table=table_of(COLUMNS, *FILE), actor=coded.lene, on=at.date(), at=at)
    for capacity in (coded.lene, coded.mia, coded.dorte, coded.frida):
        assert client_as(capacity).get(reverse("import_people")).status_code == 403
        assert choose(client_as(capacity), "import_people", text_file(*FILE)).status_code == 403
    assert not User.objects.filter(email="aase@example.dk").exists()


def test_the_other_municipality_is_untouched(coded, other_municipality, at):
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        RoleAssignment.objects.filter(pk=other_municipality.kaj.assignment_id).update(employee_number="19")
        before = list(RoleAssignment.objects.values())
    import_lines(coded, at, *FILE)
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        assert list(RoleAssignment.objects.values()) == before


def test_one_looks_first_and_then_says_yes(coded, client_as):
    client = client_as(coded.hanne)
    for ending in ("csv", "xlsx"):
        example = client.get(reverse("import_people_example", args=[ending]))
        assert choose(client, "import_people", example.content, f"a.{ending}").status_code == 200
    looked = choose(client, "import_people", text_file(*FILE, encoding="cp1252"))

    assert "Åse Ørum (19)" in looked.content.decode()
    assert not User.objects.filter(email="aase@example.dk").exists()
    assert confirm(client, "import_people", looked).url == reverse("people")
    assert User.objects.filter(email="aase@example.dk").exists()


def test_the_command_looks_and_reads_in(coded, tmp_path):
    file = tmp_path / "personer.csv"
    file.write_bytes(text_file(*FILE, encoding="utf-8-sig"))
    out = StringIO()
    with outside_scope():
        call_command("import_people", str(file), "--municipality", "eksempelby", "--dry-run", stdout=out)
    assert "Åse Ørum (19)" in out.getvalue()
    assert not User.objects.filter(email="aase@example.dk").exists()
    with outside_scope():
        call_command("import_people", str(file), "--municipality", "eksempelby", stdout=out)
    assert User.objects.filter(email="aase@example.dk").exists()


@pytest.mark.requirement("R26.tree")
def test_a_middle_sized_municipality_is_read_in(coded, at):
    units = [
        create_unit(
            name=f"Enhed {n}",
            parent=coded.top,
            sector=Sector.OTHER,
            is_workplace=True,
            actor=coded.hanne,
            at=at,
            code=f"u{n}",
        )
        for n in range(25)
    ]
    lines = [
        f"{n};Fornavn{n};Efternavn{n};p{n}@example.dk;u{n % len(units)};01-01-2020;;titel;b{n};" for n in range(5500)
    ]
    done = import_lines(coded, timezone.now(), HEADINGS, *lines)
    again = import_lines(coded, timezone.now(), HEADINGS, *(line.replace("titel", "ny titel") for line in lines))

    assert (len(done.creates), len(again.changes)) == (5500, 5500)


def test_whatever_came_before_the_same_file_once_more_changes_nothing(coded, at):
    chance = random.Random(11)
    days = [
        "01-01-2019",
        "15-06-2025",
        "31-10-2026",
        "22-11-2026",
        "23-11-2026",
        "24-11-2026",
        "01-03-2027",
        "01-06-2027",
    ]

    def line(number):
        start, end = sorted(chance.choices(range(len(days)), k=2))
        ends = days[end] if chance.random() < 0.4 else ""
        unit, role = chance.choice(["2010", "3010"]), chance.choice(["", "leder", "medarbejder"])
        person = chance.choice(["a", "b", number])
        return f"{number};Navn;{person};{person}@example.dk;{unit};{days[start]};{ends};;;{role}"

    outcomes = set()
    for _ in range(25):
        with transaction.atomic():
            for step in range(4):
                file = (HEADINGS, *(line(str(number)) for number in range(3) if chance.random() < 0.8))
                on = at.date() + timedelta(days=step)
                try:
                    import_lines(coded, at, *file, on=on)
                except PlanRefusedError:
                    outcomes.add("refused")
                    continue
                again = import_lines(coded, at, *file, on=on)
                outcomes.add("read")
                assert again.does_nothing, (file, again)
            transaction.set_rollback(True)
    assert outcomes == {"read", "refused"}


def test_a_leader_without_an_e_mail_is_told_apart_from_other_rows_without_one(coded, at):
    leader, employee = "60;Per;Dahl;;2010;01-01-2020;;;;leder", "61;Ib;Dahl;;2010;01-01-2020;;;;"
    done = import_lines(coded, at, HEADINGS, leader, employee)

    assert (done.does_nothing, [remark.row for remark in done.remarks]) == (True, [2, 3])
    assert [remark.text.startswith("A leader") for remark in done.remarks] == [True, False]
