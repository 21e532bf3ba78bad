# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from samspil.agreements import actions
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import Coverage, coverage, with_status
from samspil.config.story import discuss, publish_model_framework, set_up_body, write_draft
from samspil.municipalities.actions import create_unit, edit_unit
from samspil.municipalities.models import Sector, Unit
from samspil.people.actions import grant_role
from samspil.people.models import Role
from samspil.people.queries import capacity_of
from samspil.reports.permissions import VIEW_UNIT, visible_units
from samspil.reports.queries import area_of
from tests.reads import reads

OVERVIEW = "overview"
WHY = ("overview_why", ["plejecenter-solbakken"])
NO_SUCH = "findes-ikke"
HTMX = {"HTTP_HX_REQUEST": "true"}


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.fixture
def body(cast, framework, on, at):
    return set_up_body(
        name="LokalMED",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        administrator=cast.hanne,
        on=on,
        at=at,
    )


@pytest.fixture
def head_of_elderly(cast, on, at):
    role = grant_role(
        email="dir@example.dk",
        name="Ditte Rask",
        role=Role.LEADER,
        unit=cast.elderly,
        title="sundhedschef",
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    return capacity_of(role, on)


def status_of(unit):
    in_python = coverage([unit.pk])[unit.pk].status
    assert with_status(Unit.objects.filter(pk=unit.pk), timezone.localdate()).get().status == in_python
    return in_python


@pytest.mark.requirement("R4")
def test_the_status_follows_the_facts(cast, client_as, body, on, at):
    client = client_as(cast.lene)
    assert status_of(cast.solbakken) == Coverage.NOT_BEGUN
    assert "Ikke begyndt" in words(client.get(reverse(OVERVIEW)))

    draft = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    assert status_of(cast.solbakken) == Coverage.UNDER_WAY
    assert "udkast, begyndt den 23. november 2026" in words(client.get(reverse(OVERVIEW)))

    version = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    assert status_of(cast.solbakken) == Coverage.UNDER_WAY
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    actions.adopt(version=version, in_force_from=on, actor=cast.lene, on=on, at=at)
    assert status_of(cast.solbakken) == Coverage.IN_FORCE
    page = words(client.get(reverse(OVERVIEW)))
    assert "<strong>1 af 1</strong> i kraft" in page
    assert "siden 23. november 2026. Drøftet den 23. november 2026" in page

    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    assert status_of(cast.solbakken) == Coverage.IN_FORCE


@pytest.mark.requirement("R4")
def test_a_workplace_without_volunteers_stands_as_its_leader_said(cast, client_as, framework, on, at):
    actions.state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    assert status_of(cast.solbakken) == Coverage.NO_VOLUNTEERS
    client = client_as(cast.hanne)
    page = words(client.get(reverse(OVERVIEW)))
    assert f'aria-label="1 {Coverage.NO_VOLUNTEERS.label}, 1 ikke begyndt"' in page
    why = words(client.get(reverse(WHY[0], args=WHY[1]), **HTMX))
    assert "Lederen sagde den 23. november 2026, at der ikke er frivillige her" in why
    rows = client.get(reverse(OVERVIEW), {"status": "no_volunteers"}).context["lines"]
    assert [line.unit for line in rows] == [cast.solbakken]


@pytest.mark.requirement("R4")
def test_nobody_can_type_the_status(cast, client_as):
    for path in (reverse(OVERVIEW), reverse("overview_changes"), reverse(WHY[0], args=WHY[1])):
        assert client_as(cast.hanne).post(path, {"status": "in_force"}).status_code == 405
    assert AgreementVersion.objects.count() == 0


@pytest.mark.requirement("R4")
def test_one_may_ask_why(cast, client_as, on, at):
    def why(capacity=cast.lene):
        return words(client_as(capacity).get(reverse(WHY[0], args=WHY[1]), **HTMX))

    assert "Der er ingen fælles værdiramme i kraft" in why()
    framework = publish_model_framework(administrator=cast.hanne, on=on, at=at)
    assert framework.number
    assert "Der er ingen fælles værdiramme i kraft" not in why()
    assert "Ingen MED-udvalg dækker arbejdspladsen" in why()
    set_up_body(
        name="LokalMED",
        units=[cast.top],
        leader=cast.lene,
        deputy=cast.tove,
        safety=None,
        administrator=cast.hanne,
        on=on,
        at=at,
    )
    assert "Alt er klar" in why()
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    assert "Vælg en kontaktperson" in why()
    for capacity in (cast.hanne, cast.dorte):
        assert "Vælg en kontaktperson" in why(capacity)
        assert reverse("agreement", args=WHY[1]) in why(capacity)
    assert draft.pk


@pytest.mark.requirement("R4")
def test_a_workplace_that_has_not_begun_shows_how_long_there_has_been_a_framework(cast, client_as, on, at):
    from dataclasses import replace
    from datetime import timedelta

    long_ago = on - timedelta(days=40)
    before = {"on": long_ago, "at": at - timedelta(days=40)}
    publish_model_framework(administrator=replace(cast.hanne, on=long_ago), **before)
    page = words(client_as(cast.hanne).get(reverse(OVERVIEW) + "?vis=liste"))
    # The page counts to today by the clock; the export says the same number.
    rows = client_as(cast.hanne).get(reverse("export_overview", args=["csv"])).content.decode("utf-8-sig").splitlines()
    days = rows[1].split(";")[7].strip('"')
    assert int(days) >= 40
    assert f"værdirammen har været i kraft i {days} dage" in page


def test_reach_is_ones_own_and_nothing_else(cast, other_municipality, client_as, head_of_elderly):
    def named(capacity):
        page = words(client_as(capacity).get(reverse(OVERVIEW) + "?vis=liste"))
        return {name for name in ("Solbakken", "Nordre Skole", "Anlægget") if f"{name}</a></th>" in page}

    assert named(cast.hanne) == named(cast.dorte) == {"Solbakken", "Nordre Skole"}
    assert named(head_of_elderly) == {"Solbakken"}
    assert named(cast.lene) == {"Solbakken"}
    assert named(cast.ole) == {"Nordre Skole"}
    assert named(other_municipality.kaj) == {"Anlægget"}


@pytest.mark.requirement("R60")
def test_a_leader_reaches_no_page_outside_the_own_area(cast, other_municipality, client_as, head_of_elderly):
    for capacity, name, slug, status in (
        (cast.lene, "overview_why", "plejecenter-solbakken", 200),
        (cast.lene, "overview_why", "nordre-skole", 404),
        (cast.lene, "overview_branch", "aeldre-og-sundhed", 404),
        (head_of_elderly, "overview_branch", "aeldre-og-sundhed", 200),
        (head_of_elderly, "overview_why", "plejecenter-solbakken", 200),
        (head_of_elderly, "overview_why", "nordre-skole", 404),
        (cast.hanne, "overview_why", "plejehjemmet-anlaegget", 404),
        (cast.hanne, "overview_why", "aeldre-og-sundhed", 404),
        (cast.hanne, "overview_branch", NO_SUCH, 404),
        (other_municipality.kaj, "overview_why", "plejecenter-solbakken", 404),
        (cast.mia, "overview_why", "plejecenter-solbakken", 404),
        (cast.mia, "overview_branch", "plejecenter-solbakken", 404),
    ):
        assert client_as(capacity).get(reverse(name, args=[slug])).status_code == status, (capacity.role, slug)


@pytest.mark.parametrize("who", ["mia", "karim", "tove", "frida", "joergen"])
@pytest.mark.parametrize("address", [OVERVIEW, "overview_changes", "remind_not_begun"])
def test_who_does_not_oversee_has_no_overview(cast, client_as, who, address):
    client = client_as(getattr(cast, who))
    assert client.get(reverse(address)).status_code == 403
    assert reverse(OVERVIEW) not in client.get(reverse("home")).content.decode()


def test_those_who_oversee_find_it_in_the_menu(cast, client_as):
    for capacity in (cast.hanne, cast.dorte, cast.lene):
        assert f'href="{reverse(OVERVIEW)}"' in client_as(capacity).get(reverse("home")).content.decode()


def test_one_must_log_in(cast, anonymous):
    assert anonymous.get(reverse(OVERVIEW)).url == f"{reverse('account_login')}?next={reverse(OVERVIEW)}"


def test_seeing_is_the_query_and_nothing_else(cast, head_of_elderly):
    for capacity in (cast.lene, cast.ole, cast.mia, cast.frida, cast.hanne, cast.dorte, head_of_elderly):
        for unit in (cast.top, cast.elderly, cast.solbakken, cast.nordre_skole):
            seen = visible_units(capacity).filter(pk=unit.pk).exists()
            assert VIEW_UNIT.allows(capacity, unit) is seen
        area = area_of(capacity)
        if area is not None:
            within = {unit.pk for unit in area.workplaces(area.top)}
            assert within == set(visible_units(capacity).filter(is_workplace=True).values_list("pk", flat=True))


def test_counts_are_rolled_up_through_every_level(cast, at, on):
    def add(name, parent, *, is_workplace=True):
        return create_unit(
            name=name, parent=parent, sector=Sector.OTHER, is_workplace=is_workplace, actor=cast.hanne, at=at
        )

    east = add("Øst", cast.elderly, is_workplace=False)
    with_sites = add("Huset", east)
    add("Husets afdeling", with_sites)
    add("Tom gren", cast.top, is_workplace=False)
    area = area_of(cast.hanne)
    total = {unit.name: area.counts(unit).total for unit in area.branches.values()}
    assert total == {
        "Eksempelby Kommune": 4,
        "Ældre og Sundhed": 3,
        "Øst": 2,
        "Huset": 2,
        "Tom gren": 0,
    }
    for unit in area.branches.values():
        assert area.workplaces(unit).count() == total[unit.name]


def test_branches_are_fetched_when_they_are_opened(cast, client_as):
    client = client_as(cast.hanne)
    page = words(client.get(reverse(OVERVIEW)))
    branch = reverse("overview_branch", args=["aeldre-og-sundhed"])
    assert f'hx-get="{branch}"' in page
    assert f'href="{branch}"' in page
    assert "Nordre Skole" in page
    assert "Solbakken" not in page
    part = client.get(branch, **HTMX)
    assert "Plejecenter Solbakken" in words(part)
    assert "<html" not in words(part)
    assert "HX-Request" in part.headers["Vary"]
    assert "<html" in words(client.get(branch))


def test_the_bar_says_the_same_in_words(cast, client_as, body, on, at):
    write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    page = words(client_as(cast.hanne).get(reverse(OVERVIEW)))
    assert 'role="img" aria-label="1 i gang, 1 ikke begyndt"' in page
    assert "<strong>0 af 2</strong> i kraft" in page


def test_workplaces_are_searched_filtered_and_sorted(cast, client_as, on, at, body):
    for number in range(30):
        create_unit(
            name=f"Bo {number:02}",
            parent=cast.elderly,
            sector=Sector.CARE_HOME,
            is_workplace=True,
            actor=cast.hanne,
            at=at,
        )
    write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    client = client_as(cast.hanne)

    def listed(**asked):
        response = client.get(reverse(OVERVIEW), asked)
        assert response.status_code == 200
        return [line.unit.name for line in response.context.get("lines") or []]

    assert listed(q="SOLB") == ["Plejecenter Solbakken"]
    assert listed(sektor="school") == ["Nordre Skole"]
    assert listed(status="under_way") == ["Plejecenter Solbakken"]
    assert listed(status="in_force") == []
    assert len(listed(under="aeldre-og-sundhed")) == 25
    assert len(listed(under="aeldre-og-sundhed", side="2")) == 6
    assert listed(vis="liste", sorter="-navn")[:2] == ["Plejecenter Solbakken", "Nordre Skole"]
    assert listed(vis="liste", sorter="under")[0] == "Nordre Skole"
    for odd in ("%00", "%", "'", "\\", "a" * 5000, "\ud800".encode("utf-8", "replace").decode()):
        listed(q=odd, under=odd, sektor=odd, status=odd, sorter=odd, side=odd, vis=odd)


def test_the_list_is_exported_whole_and_inert(cast, client_as, body, at, on):
    unit = create_unit(
        name="Uskyldig", parent=cast.elderly, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at
    )
    edit_unit(
        unit=unit, name='=HYPERLINK("x")', parent=cast.elderly, sector=Sector.OTHER, is_workplace=True,
        actor=cast.hanne, at=at,
    )  # fmt: skip
    for number in range(30):
        create_unit(
            name=f"Bo {number:02}", parent=cast.top, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at
        )
    client = client_as(cast.hanne)
    answer = client.get(reverse("export_overview", args=["csv"]))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="overblik-')
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"Arbejdsplads";"Hører under";')
    assert len(rows) == 1 + 33
    assert not [row for row in rows if row.startswith(('"=', "="))]
    sheet = load_workbook(BytesIO(client.get(reverse("export_overview", args=["xlsx"])).content)).active
    assert sheet.max_row == 34
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    only_one = client.get(reverse("export_overview", args=["csv"]) + "?q=solb").content.decode().splitlines()
    assert len(only_one) == 2
    assert len(client_as(cast.lene).get(reverse("export_overview", args=["csv"])).content.splitlines()) == 2
    assert client.get(reverse("export_overview", args=["pdf"])).status_code == 404
    assert client_as(cast.mia).get(reverse("export_overview", args=["csv"])).status_code == 403


@pytest.mark.requirement("R60")
def test_the_log_says_what_and_when_and_in_which_function(cast, client_as, body, on, at, head_of_elderly):
    write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    for capacity in (cast.lene, head_of_elderly, cast.hanne):
        page = words(client_as(capacity).get(reverse("overview_changes")))
        content = page[page.index("<main") :]
        assert "Et udkast til aftalen blev begyndt" in content
        assert "plejecenterleder" in content
        assert "Lene Holm" not in content

    version = AgreementVersion.objects.get()
    version = actions.send_to_dialogue(version=version, actor=cast.lene, on=on, at=at)
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    page = words(client_as(cast.hanne).get(reverse("overview_changes")))
    assert "Drøftelsen blev skrevet ned" in page
    assert "Medarbejdersiden bekræftede det" in page
    assert "sygeplejerske" in page
    assert "Tove" not in page
    page = words(client_as(cast.ole).get(reverse("overview_changes")))
    assert "Solbakken" not in page
    assert "Nordre Skole" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many_workplaces(cast, client_as, body, at, on, count):
    for number in range(count):
        branch = create_unit(
            name=f"G {number}", parent=cast.top, sector=Sector.OTHER, is_workplace=False, actor=cast.hanne, at=at
        )
        for under in (branch, cast.top):
            create_unit(
                name=f"N {number} {under.pk}",
                parent=under,
                sector=Sector.OTHER,
                is_workplace=True,
                actor=cast.hanne,
                at=at,
            )
    write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    client = client_as(cast.hanne)
    assert {
        "tree": reads(client, reverse(OVERVIEW)),
        "list": reads(client, reverse(OVERVIEW) + "?vis=liste"),
        "branch": reads(client, reverse("overview_branch", args=["aeldre-og-sundhed"])),
        "export": reads(client, reverse("export_overview", args=["csv"])),
        "changes": reads(client, reverse("overview_changes")),
    } == {"tree": 11, "list": 11, "branch": 10, "export": 10, "changes": 9}
