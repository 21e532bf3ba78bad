# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""MED bodies and their members read in from a spreadsheet, errors and all."""

import random
import time
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
from samspil.med import actions
from samspil.med.importing import COLUMNS
from samspil.med.models import Committee, CoveredByCommittee, Function, Membership, Side
from samspil.med.queries import body_for, employee_side, sides_missing
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Sector, Unit
from samspil.people.models import Role, RoleAssignment, User
from tests.cast import outside_scope
from tests.tables import choose, confirm, table_of, text_file

HEADINGS = "Udvalg;Niveau;Afdelingskode;Medarbejdernummer;Startdato;Slutdato;Hverv"
LENE = "LokalMED Solbakken;Lokaludvalg;2010;lene;01-01-2026;;formand"
TOVE = "LokalMED Solbakken;Lokaludvalg;2010;tove;01-01-2026;31-12-9999;Næstformand"
ARNE = "lokalmed solbakken;;;arne;01-01-2026;;AMR"
FILE = (HEADINGS, LENE, TOVE, ARNE, "Hovedudvalget;Hovedudvalg;1;;;;", "Hovedudvalget;;3010;ole;;;leder")
YESTERDAY = date(2026, 11, 22)


@pytest.fixture
def coded(cast):
    """The cast, with the codes of its units and the numbers of its people."""
    for unit, code in ((cast.top, "1"), (cast.solbakken, "2010"), (cast.nordre_skole, "3010")):
        Unit.objects.filter(pk=unit.pk).update(code=code)
    for name in ("lene", "tove", "arne", "mia", "ole"):
        RoleAssignment.objects.filter(pk=getattr(cast, name).assignment_id).update(employee_number=name)
    return cast


def import_lines(cast, at, *lines, on=None):
    with translation.override("en"):
        return actions.import_members(table=table_of(COLUMNS, *lines), actor=cast.hanne, on=on or at.date(), at=at)


def seats(person):
    rows = Membership.objects.filter(user_id=person.user_id).order_by("from_date", "id")
    return [(row.function, row.side, row.from_date, row.until) for row in rows]


@pytest.mark.requirement("R26.tree")
def test_a_list_sets_up_the_bodies_that_cover_the_units(coded, at, on):
    done = import_lines(coded, at, *FILE)

    body = body_for(coded.solbakken, on)
    assert (body.name, body.level, body.slug) == ("LokalMED Solbakken", "Lokaludvalg", "lokalmed-solbakken")
    assert body_for(coded.nordre_skole, on).name == "Hovedudvalget"
    assert body_for(coded.elderly, on).name == "Hovedudvalget"
    assert sides_missing(body, on) == []
    assert {seat.user_id for seat in employee_side(body, on)} == {coded.tove.user_id, coded.arne.user_id}
    assert seats(coded.lene) == [(Function.CHAIR, Side.MANAGEMENT, date(2026, 1, 1), None)]
    assert seats(coded.ole) == [(Function.MEMBER, Side.MANAGEMENT, on, None)]
    assert (len(done.creates), done.unchanged) == (6, 0)


def test_the_same_file_once_more_changes_nothing(coded, at):
    import_lines(coded, at, *FILE)
    before, events = list(Membership.objects.order_by("pk").values()), Event.objects.count()
    again = import_lines(coded, at, *FILE, on=at.date() + timedelta(days=9))

    assert (again.does_nothing, again.unchanged) == (True, 5)
    assert (list(Membership.objects.order_by("pk").values()), Event.objects.count()) == (before, events)


@pytest.mark.parametrize(
    ("word", "function", "side"),
    [
        ("formand", Function.CHAIR, Side.MANAGEMENT),
        ("Leder", Function.MEMBER, Side.MANAGEMENT),
        ("næstformand", Function.DEPUTY, Side.EMPLOYEES),
        ("TR", Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
        ("FTR", Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
        ("AMR", Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
        ("medlem", Function.MEMBER, Side.EMPLOYEES),
        ("Næstfmd.", Function.DEPUTY, Side.EMPLOYEES),
        ("Arb.miljørep.", Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
        ("Arbejdsmiljørepræsentant (AMR)", Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
        ("Formand (leder)", Function.CHAIR, Side.MANAGEMENT),
    ],
)
def test_the_side_follows_from_the_function(coded, at, word, function, side):
    import_lines(coded, at, HEADINGS, f"LokalMED;;2010;mia;;;{word}")

    assert seats(coded.mia)[0][:2] == (function, side)


def test_who_gets_another_function_has_both_after_one_another(coded, at, on):
    import_lines(coded, at, *FILE)
    changed = (HEADINGS, LENE, TOVE, ARNE.replace("AMR", "TR"))
    done = import_lines(coded, at, *changed)

    assert [(function, until) for function, _side, _from, until in seats(coded.arne)] == [
        (Function.SAFETY_REPRESENTATIVE, YESTERDAY),
        (Function.UNION_REPRESENTATIVE, None),
    ]
    assert [line.name for line in done.changes] == ["Arne Bech, LokalMED Solbakken"]
    assert import_lines(coded, at, *changed, on=on + timedelta(days=4)).does_nothing


def test_a_seat_ends_and_begins_anew_by_its_dates(coded, at):
    import_lines(coded, at, *FILE)
    import_lines(coded, at, HEADINGS, TOVE.replace("31-12-9999", "31-10-2026"))
    assert seats(coded.tove)[0][3] == date(2026, 10, 31)
    import_lines(coded, at, HEADINGS, TOVE.replace("01-01-2026", "01-11-2026"))

    assert [entry[2:] for entry in seats(coded.tove)] == [
        (date(2026, 1, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), None),
    ]


def test_a_seat_ended_here_is_not_given_again_by_an_old_file(coded, at):
    import_lines(coded, at, *FILE)
    actions.end_membership(
        membership=Membership.objects.get(user_id=coded.tove.user_id), on=YESTERDAY, actor=coded.hanne, at=at
    )
    done = import_lines(coded, at, *FILE)

    assert (done.does_nothing, [remark.row for remark in done.remarks]) == (True, [3])


def test_what_is_not_in_the_file_is_listed_and_left_alone(coded, at):
    import_lines(coded, at, *FILE)
    done = import_lines(coded, at, HEADINGS, LENE, "Hovedudvalget;;1;;;;")

    assert [(line.name, line.details) for line in done.absent] == [
        ("Hovedudvalget", ("Covers Nordre Skole",)),
        ("Tove Krag, LokalMED Solbakken", ("deputy chair",)),
        ("Arne Bech, LokalMED Solbakken", ("safety representative",)),
        ("Ole Munk, Hovedudvalget", ("member",)),
    ]
    assert Membership.objects.filter(until=None).count() == 4


def test_a_body_here_gets_another_level_and_one_unit_more(coded, at, on):
    import_lines(coded, at, *FILE)
    done = import_lines(coded, at, HEADINGS, LENE.replace("Lokaludvalg", "ArbejdspladsMED"))
    assert Committee.objects.get(name="LokalMED Solbakken").level == "ArbejdspladsMED"
    assert done.changes[0].details == ("Level: ArbejdspladsMED (before: Lokaludvalg)",)
    Unit.objects.filter(pk=coded.elderly.pk).update(code="2000")
    import_lines(coded, at, HEADINGS, "Hovedudvalget;;2000;;;;")

    assert CoveredByCommittee.objects.get(unit=coded.elderly).committee.name == "Hovedudvalget"


def test_a_staff_meeting_has_an_elected_contact_and_no_members(coded, at, on):
    import_lines(coded, at, HEADINGS, "Personalemøde;Personalemøde med MED-status;3010;mia;;;medarbejderkontakt")
    assert body_for(coded.nordre_skole, on).is_staff_meeting
    with pytest.raises(PlanRefusedError, match="has no members"):
        import_lines(coded, at, HEADINGS, "Personalemøde;;3010;arne;;;TR")
    with pytest.raises(PlanRefusedError, match="Only a staff meeting"):
        import_lines(coded, at, HEADINGS, "LokalMED;;2010;arne;;;medarbejderkontakt")


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (";;2010;mia;;;TR", "Udvalg", "name of the body"),
        ("LokalMED Solbakken;Andet;2010;mia;;;TR", "Niveau", "Lokaludvalg"),
        ("Nyt udvalg;;;mia;;;TR", "Afdelingskode", "code of a unit"),
        ("Nyt udvalg;;777;mia;;;TR", "Afdelingskode", "777"),
        ("Nyt udvalg;;2010;mia;;;TR", "Afdelingskode", "LokalMED Solbakken"),
        ("LokalMED Solbakken;;2010;nej;;;TR", "Medarbejdernummer", "number nej"),
        ("LokalMED Solbakken;;2010;;;;TR", "Medarbejdernummer", "employee number"),
        ("LokalMED Solbakken;;2010;mia;;;", "Hverv", "næstformand"),
        ("LokalMED Solbakken;;2010;mia;;;TR/AMR", "Hverv", "one in each row"),
        ("LokalMED Solbakken;;2010;mia;i går;;TR", "Startdato", "not a date"),
        ("LokalMED Solbakken;;2010;mia;01-02-2026;01-01-2026;TR", "Slutdato", "before the first"),
        ("LokalMED Solbakken;;2010;lene;;;TR", "Hverv", "cannot sit on the employee side"),
        ("LokalMED Solbakken;;2010;tove;;;leder", "Hverv", "other side"),
        ("LokalMED Solbakken;;2010;tove;;;næstformand", "Medarbejdernummer", "too"),
        ("LokalMED Solbakken;;2010;0101801234;;;TR", "Medarbejdernummer", "CPR"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column_and_nothing_is_read_in(coded, at, line, column, said):
    with pytest.raises(PlanRefusedError) as refused:
        import_lines(coded, at, *FILE, line)

    found = [(error.row, error.column) for error in refused.value.plan.errors]
    assert found[0] == (7, column)
    assert {row for row, _column in found} == {7}
    assert said in str(refused.value)
    assert (Committee.objects.count(), Membership.objects.count()) == (0, 0)


def test_nobody_puts_themselves_on_the_employee_side(coded, at):
    RoleAssignment.objects.filter(pk=coded.hanne.assignment_id).update(employee_number="hanne")
    with pytest.raises(PlanRefusedError, match="yourself"):
        import_lines(coded, at, HEADINGS, "LokalMED;;2010;hanne;;;TR")


def test_a_leader_above_cannot_sit_on_the_employee_side_below(coded, at):
    RoleAssignment.objects.filter(pk=coded.ole.assignment_id).update(unit=coded.elderly)
    with pytest.raises(PlanRefusedError, match="cannot sit on the employee side"):
        import_lines(coded, at, HEADINGS, "LokalMED;;2010;ole;;;medlem")


def test_who_sits_on_the_other_side_here_is_told_so(coded, at):
    import_lines(coded, at, HEADINGS, "LokalMED;;2010;mia;;;TR", "LokalMED;;2010;mia;;;AMR")
    with pytest.raises(PlanRefusedError, match="other side already"):
        import_lines(coded, at, HEADINGS, "LokalMED;;2010;mia;;;leder")


def test_bodies_of_one_name_are_told_apart_by_what_they_cover(coded, at):
    for unit in (coded.solbakken, coded.nordre_skole):
        actions.create_committee(name="LokalMED", units=[unit], actor=coded.hanne, at=at)
    import_lines(coded, at, HEADINGS, "LokalMED;;2010;mia;;;TR")
    assert Membership.objects.get().committee.covered.get().unit_id == coded.solbakken.pk
    with pytest.raises(PlanRefusedError, match="Several bodies"):
        import_lines(coded, at, HEADINGS, "LokalMED;;1;mia;;;TR")


def test_only_the_secretariat_reads_members_in(coded, at, client_as):
    with pytest.raises(Refusal):
        actions.import_members(table=table_of(COLUMNS, *FILE), actor=coded.lene, on=at.date(), at=at)
    for capacity in (coded.lene, coded.tove, coded.dorte, coded.frida):
        assert client_as(capacity).get(reverse("import_members")).status_code == 403
        assert choose(client_as(capacity), "import_members", text_file(*FILE)).status_code == 403
    assert Committee.objects.count() == 0


def test_the_other_municipality_is_untouched(coded, other_municipality, at):
    number = other_municipality.kaj.assignment_id
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        RoleAssignment.objects.filter(pk=number).update(employee_number="kaj")
    with pytest.raises(PlanRefusedError, match="number kaj"):
        import_lines(coded, at, *FILE, "LokalMED Solbakken;;2010;kaj;;;TR")
    import_lines(coded, at, *FILE)
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        assert Committee.objects.count() == 0


def test_one_looks_first_and_then_says_yes(coded, client_as):
    client = client_as(coded.hanne)
    for ending in ("csv", "xlsx"):
        assert client.get(reverse("import_members_example", args=[ending])).status_code == 200
    looked = choose(client, "import_members", text_file(*FILE, encoding="cp1252"))

    assert "Tove Krag, LokalMED Solbakken" in looked.content.decode()
    assert Committee.objects.count() == 0
    assert confirm(client, "import_members", looked).url == reverse("committees")
    assert Committee.objects.count() == 2
    assert reverse("import_members") in client.get(reverse("administration")).content.decode()


def test_the_command_looks_and_reads_in(coded, tmp_path):
    file = tmp_path / "med.csv"
    file.write_bytes(text_file(*FILE))
    out = StringIO()
    with outside_scope():
        call_command("import_med", str(file), "--municipality", "eksempelby", "--dry-run", stdout=out)
    assert "LokalMED Solbakken" in out.getvalue()
    assert Committee.objects.count() == 0
    with outside_scope():
        call_command("import_med", str(file), "--municipality", "eksempelby", stdout=out)
    assert Committee.objects.count() == 2


def test_whatever_came_before_the_same_file_once_more_changes_nothing(coded, at):
    chance = random.Random(7)
    days = ["", "01-01-2025", "31-10-2026", "22-11-2026", "23-11-2026", "24-11-2026", "01-03-2027", "01-06-2027"]
    words = ["TR", "AMR", "medlem", "leder", "formand", "næstformand"]

    def line():
        start, end = sorted(chance.choices(range(len(days)), k=2))
        ends = days[end] if chance.random() < 0.4 else ""
        return f"LokalMED;;2010;{chance.choice(['mia', 'arne'])};{days[start]};{ends};{chance.choice(words)}"

    outcomes = set()
    for _ in range(25):
        with transaction.atomic():
            for step in range(5):
                file = (HEADINGS, *(line() for _ in range(chance.choice([1, 1, 2]))))
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


def test_250_bodies_are_read_in_within_20_seconds(coded, at):
    made = [
        create_unit(
            name=f"Enhed {n}",
            parent=coded.top,
            sector=Sector.OTHER,
            is_workplace=True,
            actor=coded.hanne,
            at=at,
            code=f"u{n}",
        )
        for n in range(250)
    ]
    users = User.objects.bulk_create(User(email=f"p{n}@example.dk", name=f"P {n}") for n in range(2500))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=user, role=Role.EMPLOYEE, unit=made[n % 250], from_date=date(2020, 1, 1), employee_number=str(n)
        )
        for n, user in enumerate(users)
    )
    lines = [f"MED {n % 250};Lokal;u{n % 250};{n};;;medlem" for n in range(2500)]
    started = time.monotonic()
    done = import_lines(coded, timezone.now(), HEADINGS, *lines)

    assert len(done.creates) == 2750
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("word", ["Sekretær", "TR (næstformand)", "Formand (medarbejder)", "AMR (suppleant)"])
def test_words_that_could_mean_two_things_are_refused(coded, at, word):
    with pytest.raises(PlanRefusedError) as refused:
        import_lines(coded, at, HEADINGS, f"LokalMED;;2010;mia;;;{word}")

    assert [(error.column, word in error.text) for error in refused.value.plan.errors] == [("Hverv", True)]
