# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units read in from a municipality's own list, errors and all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from samspil.audit.models import Event
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import PlanRefusedError
from samspil.foundation.importing.waiting import KEPT_FOR, forget_old
from samspil.foundation.models import WaitingFile
from samspil.foundation.tables import shape
from samspil.municipalities import actions
from samspil.municipalities.importing import COLUMNS, plan, units_here
from samspil.municipalities.models import Sector, Unit
from tests.cast import TODAY, outside_scope
from tests.tables import choose, confirm, excel_file, table_of, text_file

HEADINGS = "Afdelingsnavn;Afdelingskode;Forældreafdelingskode;Pnummer;Sektor;Arbejdsplads"
FILE = (
    HEADINGS,
    # The child stands above its parent, and the municipality itself is in the list, as in most payroll systems.
    "Østre Skole;3010;3000;1003456789;Skole;ja",
    "Børn og Unge;3000;1;;;nej",
    "Eksempelby;1;;;;",
    "Plejecenter Solbakken;2010;2000;1003456790;;",
    "Ældre og Sundhed;2000;1;;;",
)


def import_lines(cast, at, *lines, expected=""):
    with translation.override("en"):
        return actions.import_units(table=table_of(COLUMNS, *lines), actor=cast.hanne, at=at, expected=expected)


def plan_of(*lines):
    with translation.override("en"):
        return plan(table_of(COLUMNS, *lines), units_here(), TODAY)


@pytest.mark.requirement("R26.tree")
def test_a_list_becomes_the_tree_and_takes_over_what_was_entered_by_hand(cast, at):
    done = import_lines(cast, at, *FILE)

    assert (len(done.creates), len(done.changes), done.unchanged) == (2, 3, 0)
    school = Unit.objects.get(code="3010")
    assert (school.slug, school.sector, school.is_workplace) == ("oestre-skole", Sector.SCHOOL, True)
    assert (school.p_number, school.parent.name, school.parent.parent_id) == ("1003456789", "Børn og Unge", cast.top.pk)
    solbakken = Unit.objects.get(pk=cast.solbakken.pk)
    assert (solbakken.code, solbakken.slug, solbakken.parent_id) == ("2010", cast.solbakken.slug, cast.elderly.pk)
    assert (solbakken.sector, solbakken.is_workplace) == (Sector.CARE_HOME, True)
    assert Unit.objects.get(parent=None).code == "1"
    assert [line.name for line in done.absent] == ["Nordre Skole"]


def test_the_same_file_once_more_changes_nothing(cast, at):
    import_lines(cast, at, *FILE)
    before = (list(Unit.objects.order_by("pk").values()), Event.objects.count())
    again = import_lines(cast, at, *FILE)

    assert (again.does_nothing, again.unchanged, again.changes, again.creates) == (True, 5, (), ())
    assert (list(Unit.objects.order_by("pk").values()), Event.objects.count()) == before


def test_a_unit_is_renamed_and_moved_by_its_code_and_keeps_its_address(cast, at):
    import_lines(cast, at, *FILE)
    done = import_lines(cast, at, HEADINGS, "Skolen i Øst;3010;2000;1003456789;;nej")

    school = Unit.objects.get(code="3010")
    assert (school.name, school.slug, school.parent_id) == ("Skolen i Øst", "oestre-skole", cast.elderly.pk)
    assert (school.sector, school.is_workplace) == (Sector.SCHOOL, False)
    assert done.changes[0].details == (
        "Name: Skolen i Øst (before: Østre Skole)",
        "Stands under: Ældre og Sundhed (before: Børn og Unge)",
        "Workplace: no (before: yes)",
    )
    assert Unit.objects.count() == 6


def test_one_event_tells_how_much_was_read_in(cast, at):
    import_lines(cast, at, *FILE)
    event = Event.objects.order_by("-sequence").first()

    assert event.name == "municipalities.units.import"
    assert {**event.changes, "file": ""} == {"created": 2, "changed": 3, "unchanged": 0, "file": ""}


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("Nord;;;;;", "Afdelingskode", "Write the unit’s code."),
        (";9;;;;", "Afdelingsnavn", "Write the unit’s name."),
        ("Nord;9;777;;;", "Forældreafdelingskode", "No unit has the code 777"),
        ("Nord;9;9;;;", "Forældreafdelingskode", "under itself"),
        ("Nord;9;;12345;;", "Pnummer", "10 digits"),
        ("Nord;9;;;;måske", "Arbejdsplads", "ja or nej"),
        ("Nord;2000;;;;", "Afdelingskode", "row 6"),
        ("Nord;9;;;;;og mere", "", "more cells"),
        ("Nord 010180-1234;9;;;;", "Afdelingsnavn", "CPR"),
        (f"{'x' * 121};9;;;;", "Afdelingsnavn", "121"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column_and_nothing_is_read_in(cast, at, line, column, said):
    with pytest.raises(PlanRefusedError) as refused:
        import_lines(cast, at, *FILE, line)

    assert [(error.row, error.column) for error in refused.value.plan.errors] == [(7, column)]
    assert said in str(refused.value)
    assert Unit.objects.count() == 4


def test_units_that_would_stand_in_a_circle_are_named_row_by_row(cast):
    found = plan_of(HEADINGS, "A;a;c;;;", "B;b;a;;;", "C;c;b;;;", "D;d;a;;;")

    assert [error.row for error in found.errors] == [2, 3, 4]


def test_nothing_stands_above_the_municipality_and_uuids_are_not_shared(cast):
    uuid = "a1b2c3d4-0101-4801-8234-0101801234ff"
    found = plan_of(
        f"{HEADINGS};UUID", "Eksempelby;1;2;;;;", f"B;2;;;;;{uuid}", f"C;3;;;;;{uuid}", "D;4;;;;;hej", "E;5;;;;;"
    )

    assert [(error.row, error.column) for error in found.errors] == [
        (2, "Forældreafdelingskode"),
        (4, "UUID"),
        (5, "UUID"),
    ]


def test_two_units_of_one_name_are_never_taken_for_the_one_entered_by_hand(cast):
    found = plan_of(HEADINGS, "Nordre Skole;8;;;;", "Nordre Skole;9;;;;")

    assert len(found.creates) == 2


def test_who_confirms_confirms_what_was_shown(cast, at):
    shown = plan_of(*FILE)
    import_lines(cast, at, HEADINGS, "Børn og Unge;3000;;;;")
    with pytest.raises(PlanRefusedError, match="changed since"):
        import_lines(cast, at, *FILE, expected=shown.fingerprint)

    assert import_lines(cast, at, *FILE, expected=plan_of(*FILE).fingerprint).creates


def test_only_the_secretariat_reads_units_in(cast, at, client_as):
    with pytest.raises(Refusal):
        actions.import_units(table=table_of(COLUMNS, *FILE), actor=cast.lene, at=at)
    for capacity in (cast.lene, cast.tove, cast.dorte, cast.frida):
        for name in ("import_units", "set_units"):
            assert client_as(capacity).get(reverse(name)).status_code == 403
        assert client_as(capacity).get(reverse("import_units_example", args=["csv"])).status_code == 403
        assert choose(client_as(capacity), "import_units", text_file(*FILE)).status_code == 403
    assert Unit.objects.filter(code="3010").count() == 0


def test_the_other_municipality_is_untouched(cast, other_municipality, at):
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        Unit.objects.filter(pk=other_municipality.anlaegget.pk).update(code="3010")
        before = list(Unit.objects.order_by("pk").values())
    import_lines(cast, at, *FILE)
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        assert list(Unit.objects.order_by("pk").values()) == before


def test_one_looks_first_and_then_says_yes(cast, client_as):
    client = client_as(cast.hanne)
    looked = choose(client, "import_units", text_file(*FILE, encoding="cp1252"))

    assert looked.status_code == 200
    assert "Østre Skole" in looked.content.decode()
    assert Unit.objects.count() == 4
    assert confirm(client, "import_units", looked).url == reverse("set_units")
    assert Unit.objects.count() == 6
    assert WaitingFile.objects.count() == 0
    assert choose(client, "import_units", text_file(*FILE)).context["token"] is None


def test_an_excel_file_is_looked_through_too(cast, client_as):
    rows = [line.split(";") for line in FILE]
    looked = choose(client_as(cast.hanne), "import_units", excel_file(rows), "Enheder.XLSX")

    assert (looked.status_code, len(looked.context["plan"].creates)) == (200, 2)


def test_the_page_shows_the_errors_row_by_row_and_keeps_nothing(cast, client_as):
    answer = choose(client_as(cast.hanne), "import_units", text_file(*FILE, "Nord;9;777;;;", "Syd;10;;1;;"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert [(error.rows, error.column) for error in answer.context["errors"]] == [
        ((7,), "Forældreafdelingskode"),
        ((8,), "Pnummer"),
    ]
    assert 'data-title="Række">7<' in page or ">7<" in page
    assert WaitingFile.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"", "tom.csv"),
        (b"x" * (shape.MAX_BYTES + 1), "stor.csv"),
        (b"hej", "billede.png"),
        (b"hej", "fil.csv"),
        (b"\xd0\xcf\x11\xe0gammel", "gammel.xls"),
        (text_file(f"{HEADINGS};CPR-nummer", "Nord;9;;;;;x"), "cpr.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_at_the_field(cast, client_as, content, filename):
    answer = choose(client_as(cast.hanne), "import_units", content, filename)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_something_that_changed_meanwhile_is_shown_before_it_is_read_in(cast, at, client_as):
    client = client_as(cast.hanne)
    looked = choose(client, "import_units", text_file(*FILE))
    import_lines(cast, at, HEADINGS, "Børn og Unge;3000;;;;")
    again = confirm(client, "import_units", looked)

    assert (again.status_code, len(again.context["plan"].creates)) == (409, 1)
    assert confirm(client, "import_units", again).status_code == 302


def test_what_became_wrong_meanwhile_is_shown_as_an_error(cast, at, client_as):
    uuid = "a1b2c3d4-0101-4801-8234-0101801234ff"
    client = client_as(cast.hanne)
    looked = choose(client, "import_units", text_file(f"{HEADINGS};UUID", f"Nord;9;;;;;{uuid}"))
    import_lines(cast, at, f"{HEADINGS};UUID", f"Syd;8;;;;;{uuid}")

    assert confirm(client, "import_units", looked).status_code == 422


def test_a_file_waits_for_an_hour_and_for_the_one_who_chose_it(cast, client_as):
    client = client_as(cast.hanne)
    looked = choose(client, "import_units", text_file(*FILE))
    stranger = WaitingFile.objects.get()
    WaitingFile.objects.update(kept_by=cast.lene.user_id)
    assert confirm(client, "import_units", looked).status_code == 422
    WaitingFile.objects.update(kept_by=cast.hanne.user_id, kept_at=stranger.kept_at - KEPT_FOR)
    assert confirm(client, "import_units", looked).status_code == 422
    assert client.post(reverse("import_units"), {"waiting": "x"}).status_code == 422
    assert forget_old(at=timezone.now()) == 1
    assert WaitingFile.objects.count() == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_example_can_be_read_in_as_it_is(cast, client_as, ending):
    client = client_as(cast.hanne)
    example = client.get(reverse("import_units_example", args=[ending]))

    assert f'filename="enheder.{ending}"' in example.headers["Content-Disposition"]
    looked = choose(client, "import_units", example.content, f"a.{ending}")
    assert (looked.status_code, len(looked.context["plan"].creates)) == (200, 1)


def test_the_command_looks_and_reads_in(cast, tmp_path):
    file = tmp_path / "enheder.csv"
    file.write_bytes(text_file(*FILE))

    def run(*options):
        out = StringIO()
        with outside_scope():
            call_command("import_units", str(file), "--municipality", "eksempelby", *options, stdout=out)
        return out.getvalue()

    assert "Østre Skole" in run("--dry-run")
    assert Unit.objects.count() == 4
    run()
    assert Unit.objects.count() == 6
    file.write_bytes(text_file(*FILE, "Nord;9;777;;;"))
    with pytest.raises(CommandError, match="777"):
        run()
    with pytest.raises(CommandError, match="777"):
        run("--dry-run")
    with pytest.raises(CommandError), outside_scope():
        call_command("import_units", str(file), "--municipality", "ingensteds")
    with pytest.raises(CommandError), outside_scope():
        call_command("import_units", str(tmp_path / "findes-ikke.csv"), "--municipality", "eksempelby")
    file.write_bytes(b"hej")
    with pytest.raises(CommandError):
        run()


def test_many_units_get_a_sector_together(cast, at, client_as):
    import_lines(cast, at, HEADINGS, *(f"Børnehus {n};{n};;;;" for n in range(3)), "Lager;9;;;;")
    client = client_as(cast.hanne)
    url = f"{reverse('set_units')}?q=Børnehus"
    page = client.get(url)
    assert page.context["page"].paginator.count == 3
    answer = client.post(url, {"which": "all", "sector": "school", "is_workplace": "ja"})

    assert answer.status_code == 302
    assert set(Unit.objects.filter(sector="school", is_workplace=True).values_list("name", flat=True)) == {
        *("Børnehus 0", "Børnehus 1", "Børnehus 2"),
        "Nordre Skole",
    }
    ticked = Unit.objects.get(code="1")
    client.post(reverse("set_units"), {"which": "ticked", "units": [ticked.pk, "x"], "is_workplace": "nej"})
    ticked.refresh_from_db()
    assert (ticked.sector, ticked.is_workplace) == ("school", False)


@pytest.mark.parametrize(
    "sent", [{}, {"which": "ticked", "sector": "school"}, {"which": "all"}, {"which": "all", "sector": "x"}]
)
def test_nothing_ticked_or_chosen_is_said_on_the_page(cast, client_as, sent):
    answer = client_as(cast.hanne).post(reverse("set_units"), sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_units_are_found_by_branch_and_by_what_they_lack(cast, client_as):
    def names(**query):
        page = client_as(cast.hanne).get(reverse("set_units"), query).context["page"]
        return [unit.name for unit in page]

    assert names(under=cast.elderly.pk) == ["Plejecenter Solbakken", "Ældre og Sundhed"]
    assert names(vis="uden-sektor") == ["Ældre og Sundhed"]
    assert names(vis="ikke-arbejdspladser") == ["Ældre og Sundhed"]
    assert names(q="findes ikke") == []
    assert len(names(under="999999", vis="vrøvl")) == 3


def test_the_top_unit_is_not_among_the_many(cast, at):
    with pytest.raises(Refusal):
        actions.set_units(units=[], sector="school", is_workplace=None, actor=cast.hanne, at=at)
    with pytest.raises(Refusal):
        actions.set_units(units=[cast.solbakken], sector="", is_workplace=None, actor=cast.hanne, at=at)


@pytest.mark.requirement("R26.tree")
@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("Plejehjem", Sector.CARE_HOME),
        ("Hjemmesygepleje", Sector.HOME_CARE),
        ("Folkeskole", Sector.SCHOOL),
        ("daginstitution", Sector.DAY_CARE),
        ("Natur & Park", Sector.NATURE),
        ("Bosted", Sector.SUPPORTED_HOUSING),
        ("Botilbud og socialpsykiatri", Sector.SUPPORTED_HOUSING),
    ],
)
def test_a_sector_may_be_written_in_the_municipality_s_own_words(cast, words, sector):
    found = plan_of(HEADINGS, f"Nord;9;;;{words};ja")

    assert (found.writes[0].sector, found.errors, found.remarks) == (sector, (), ())


def test_a_sector_that_is_not_known_stops_nothing_and_takes_none_away(cast, at):
    import_lines(cast, at, HEADINGS, "Nord;9;;;Skole;ja")

    found = plan_of(HEADINGS, "Nord;9;;;Rumfart;ja", "Syd;8;;;Rumfart;ja")

    assert (found.errors, [remark.row for remark in found.remarks]) == ((), [3])
    assert "Rumfart" in found.remarks[0].text
    assert [(write.code, write.sector) for write in found.writes] == [("8", Sector.OTHER)]


def test_a_list_with_a_title_and_headings_of_its_own_is_read(cast, client_as):
    rows = [["Organisation pr. 1. november"], [], ["Enhed", "Kode", "Overordnet enhed", "Område"]]
    looked = choose(
        client_as(cast.hanne), "import_units", excel_file([*rows, ["Nord", 9, None, "Skole"]]), "enheder.xlsx"
    )

    assert [line.name for line in looked.context["plan"].creates] == ["Nord"]
    assert looked.context["plan"].writes[0].sector == Sector.SCHOOL


def test_the_same_error_in_many_rows_is_one_line_and_many_kinds_are_folded_away(cast, client_as):
    lines = [f"Nord {n};{n};777;;;" for n in range(100, 150)] + [f"Syd {n};{n};x{n};;;" for n in range(200, 230)]
    answer = choose(client_as(cast.hanne), "import_units", text_file(HEADINGS, *lines))
    page = answer.content.decode()

    assert [len(error.rows) for error in answer.context["errors"]] == [50] + [1] * 19
    assert len(answer.context["folded_errors"]) == 11
    assert "Der er 80 fejl i filen." in page
    assert "Se 11 slags fejl mere" in page


@pytest.mark.parametrize(
    ("line", "sector"),
    [
        ("Plejecenter Solvang;9;;;;ja", Sector.CARE_HOME),
        ("Børnehaven Nord;9;;;Forvaltning 3;ja", Sector.DAY_CARE),
        ("Ådal Skole;9;;;Natur;ja", Sector.NATURE),
        ("Museum og Bibliotek;9;;;;ja", Sector.OTHER),
        ("Musikskolen;9;;;;ja", Sector.OTHER),
        ("Nordre Skole Øst;9;;;;nej", Sector.OTHER),
    ],
)
def test_a_new_workplace_without_a_sector_has_the_one_that_its_name_tells(cast, line, sector):
    found = plan_of(HEADINGS, line)

    assert [write.sector for write in found.writes] == [sector]


def test_a_name_changes_no_sector_of_a_unit_that_is_here(cast, at):
    import_lines(cast, at, HEADINGS, "Nord;9;;;;ja")

    assert [write.fields for write in plan_of(HEADINGS, "Plejecenter Nord;9;;;;ja").writes] == [
        (("name", "Plejecenter Nord"),)
    ]
