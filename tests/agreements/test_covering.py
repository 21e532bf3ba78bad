# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""One agreement for several places under the same leader."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.agreements import actions
from samspil.agreements.content import version_content, version_sha256
from samspil.agreements.covering import note_at
from samspil.agreements.document import agreement_document
from samspil.agreements.models import AgreementVersion, CoveredUnit, InForce, NoVolunteersStatement
from samspil.agreements.papers import paper_of
from samspil.agreements.queries import Coverage, coverage, todo_for, version_in_force, with_status
from samspil.agreements.reminders import round_of_reminders
from samspil.config.cast import grant
from samspil.config.story import discuss
from samspil.foundation.errors import Refusal
from samspil.municipalities import actions as municipalities
from samspil.municipalities.models import Sector, Unit
from samspil.people.models import Role
from samspil.reports.queries import lines_of

NOTE = "Her kommer frivillige kun om formiddagen."


@pytest.fixture
def villa(cast, at):
    """A workplace that stands elsewhere in the organisation."""
    return municipalities.create_unit(
        name="Villaen", parent=cast.elderly, sector=Sector.CARE_HOME, is_workplace=True, actor=cast.hanne, at=at
    )


@pytest.fixture
def lene_at_villa(cast, villa, at):
    """Lene leads the villa too."""
    return grant("Lene Holm", Role.LEADER, villa, "leder", actor=cast.hanne, at=at)


@pytest.fixture
def cover(cast, on, at):
    def do(version, **notes):
        units = {unit.slug: unit.pk for unit in Unit.objects.all()}
        return actions.set_covered(
            version=version, notes={units[slug]: note for slug, note in notes.items()}, actor=cast.lene, on=on, at=at
        )

    return do


def finish(version, cast, on, at):
    sent = actions.send_to_dialogue(version=version, actor=cast.lene, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)


@pytest.fixture
def covering(cast, draft, villa, lene_at_villa, cover, on, at):
    """Solbakken's agreement in force, for the villa too."""
    return finish(cover(draft, villaen=NOTE), cast, on, at)


def held():
    return dict(InForce.objects.values_list("unit__slug", "version__number"))


@pytest.mark.requirement("R26.sites")
@pytest.mark.requirement("R46.in_force")
@pytest.mark.requirement("R4")
def test_a_covered_place_is_in_force_with_the_agreement_that_covers_it(cast, covering, villa, lene_at_villa, on, at):
    assert held() == {"plejecenter-solbakken": 1, "villaen": 1}
    assert version_in_force(villa.pk) == covering
    found = coverage([villa.pk])[villa.pk]
    assert (found.status, found.covered_by) == (Coverage.IN_FORCE, cast.solbakken)
    assert with_status(Unit.objects.filter(pk=villa.pk), on).get().status == "in_force"
    assert todo_for(lene_at_villa) == []
    assert round_of_reminders([villa.pk], at).reminders == ()
    (line,) = lines_of([villa], on)
    assert (line.age.endswith("Plejecenter Solbakken"), line.discussed_on) == (True, on)


@pytest.mark.requirement("R26.sites")
def test_the_places_are_part_of_what_is_agreed_to(cast, draft, villa, lene_at_villa, cover):
    assert "covered" not in version_content(draft)
    before = version_sha256(draft)

    cover(draft, villaen="")
    without_note = version_sha256(draft)
    cover(draft, villaen=NOTE)

    assert version_content(draft)["covered"] == [{"place": "villaen", "note": NOTE}]
    assert len({before, without_note, version_sha256(draft)}) == 3
    cover(draft)
    assert version_sha256(draft) == before


@pytest.mark.requirement("R26.sites")
def test_only_places_under_the_same_leader_are_covered(cast, draft, villa, cover, at):
    municipalities.create_unit(
        name="Huset", parent=cast.solbakken, sector=Sector.CARE_HOME, is_workplace=True, actor=cast.hanne, at=at
    )
    with translation.override("en"), pytest.raises(Refusal, match="Villaen is not led by the same leader"):
        cover(draft, villaen="")

    cover(draft, huset="")

    assert [row.unit.name for row in CoveredUnit.objects.all()] == ["Huset"]


@pytest.mark.requirement("R46.in_force")
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("draft", "Villaen has an agreement of its own on its way"),
        ("covered", "Villaen is covered by the agreement for Nordre Skole"),
        ("closed", "Villaen has been closed since"),
    ],
)
def test_a_place_that_is_not_free_stops_the_agreement_and_is_named(
    cast, draft, villa, lene_at_villa, cover, on, at, other, said
):
    version = actions.send_to_dialogue(version=cover(draft, villaen=NOTE), actor=cast.lene, on=on, at=at)
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    if other == "draft":
        actions.open_draft(workplace=villa, actor=lene_at_villa, on=on, at=at)
    elif other == "covered":
        of_school = actions.open_draft(workplace=cast.nordre_skole, actor=cast.ole, on=on, at=at)
        InForce.objects.create(unit=villa, version=of_school)
    else:
        municipalities.close_unit(unit=villa, closed_from=on, succeeded_by=None, actor=cast.hanne, at=at)
    with translation.override("en"), pytest.raises(Refusal) as refused:
        actions.adopt(version=version, in_force_from=on, actor=cast.lene, on=on, at=at)

    assert [item.text.startswith(said) for item in refused.value.missing] == [True]
    AgreementVersion.objects.filter(pk=version.pk).update(state="adopted", in_force_from=on)
    with translation.override("en"), pytest.raises(Refusal) as refused:
        actions.put_in_force(version=version, actor=cast.lene, on=on, at=at)
    assert [item.text.startswith(said) for item in refused.value.missing] == [True]


@pytest.mark.requirement("R46.in_force")
def test_a_covered_place_begins_no_agreement_of_its_own(cast, covering, villa, lene_at_villa, on, at):
    with (
        translation.override("en"),
        pytest.raises(Refusal, match="Villaen is covered by the agreement for Plejecenter"),
    ):
        actions.open_draft(workplace=villa, actor=lene_at_villa, on=on, at=at)
    with pytest.raises(Refusal):
        actions.state_no_volunteers(workplace=villa, actor=lene_at_villa, on=on, at=at)


@pytest.mark.requirement("R46.in_force")
def test_the_next_version_takes_the_places_along_and_releases_those_left_out(cast, covering, villa, cover, on, at):
    following = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    assert [(row.unit_id, row.note) for row in following.covered.all()] == [(villa.pk, NOTE)]

    finish(cover(following), cast, on, at)

    assert held() == {"plejecenter-solbakken": 2}
    assert coverage([villa.pk])[villa.pk].status == Coverage.NOT_BEGUN
    assert CoveredUnit.objects.get().version == covering


def test_a_statement_of_no_volunteers_ends_when_the_place_is_covered(cast, draft, villa, lene_at_villa, cover, on, at):
    actions.state_no_volunteers(workplace=villa, actor=lene_at_villa, on=on, at=at)
    finish(cover(draft, villaen=NOTE), cast, on, at)
    assert NoVolunteersStatement.objects.get().ended_on == on


@pytest.mark.requirement("R26.closing")
def test_a_place_loses_the_agreement_of_a_workplace_that_closes(cast, covering, villa, lene_at_villa, on, at):
    municipalities.close_unit(unit=cast.solbakken, closed_from=on, succeeded_by=None, actor=cast.hanne, at=at)

    assert version_in_force(villa.pk) is None
    assert coverage([villa.pk])[villa.pk].status == Coverage.NOT_BEGUN
    assert [todo.key for todo in todo_for(lene_at_villa)] == ["agreements.begin"]
    assert actions.open_draft(workplace=villa, actor=lene_at_villa, on=on, at=at).number == 1


# Pages


@pytest.mark.requirement("R26.sites")
def test_the_places_are_chosen_on_a_page_of_their_own(cast, draft, villa, lene_at_villa, client_as, url):
    client = client_as(cast.lene)
    assert "Gælder aftalen også andre steder?" in client.get(url()).content.decode()
    assert (
        "Mangler et sted på listen? Spørg HR/MED-sekretariatet." in client.get(url("covered_places")).content.decode()
    )

    sent = {f"place_{villa.pk}": "on", f"note_{villa.pk}": NOTE}
    answer = client.post(url("covered_places"), sent)

    assert answer.url == f"{url()}#covered-places"
    assert note_at(draft, villa) == NOTE
    assert NOTE in client.get(url()).content.decode()


def test_a_leader_of_one_place_is_not_asked_about_others(cast, draft, client_as, url):
    client = client_as(cast.lene)
    assert "Gælder aftalen også andre steder?" not in client.get(url()).content.decode()
    assert "Der er ingen andre steder at vælge." in client.get(url("covered_places")).content.decode()


@pytest.mark.requirement("R26.sites")
@pytest.mark.requirement("R46.page")
def test_the_pages_of_a_covered_place_show_the_agreement_and_its_note(
    cast, covering, villa, lene_at_villa, client_as, anonymous
):
    said = "Villaen er dækket af aftalen for Plejecenter Solbakken."
    client = client_as(lene_at_villa)
    agreement = unescape(client.get(reverse("agreement", args=["villaen"])).content.decode())
    assert said in agreement
    assert NOTE in agreement
    place = unescape(client.get(reverse("workplace", args=["villaen"])).content.decode())
    assert "Dækket af aftalen for Plejecenter Solbakken" in place
    for slug in ("villaen", "plejecenter-solbakken"):
        page = anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, slug]))
        assert page.status_code == 200
        assert NOTE in unescape(page.content.decode())
    assert said in unescape(anonymous.get(reverse("open_workplace", args=["eksempelby", "villaen"])).content.decode())
    assert anonymous.get(reverse("open_agreement_pdf", args=["eksempelby", "villaen"])).status_code == 200


def test_the_paper_names_the_places(cast, draft, villa, lene_at_villa, cover, on, at):
    sent = actions.send_to_dialogue(version=cover(draft, villaen=NOTE), actor=cast.lene, on=on, at=at)
    assert f"Villaen: {NOTE}" in str(paper_of(sent, sent.content_sha256).attachments)


def test_a_withheld_place_is_named_on_no_open_page(cast, covering, villa, client_as, anonymous, at):
    municipalities.withhold_unit(unit=villa, is_withheld=True, actor=cast.hanne, at=at)

    page = anonymous.get(reverse("open_workplace", args=["eksempelby", "plejecenter-solbakken"]))

    assert ("Villaen" in page.content.decode(), page.context["reading"].covered_openly) == (False, ())
    assert "Villaen" in client_as(cast.lene).get(reverse("agreement", args=["plejecenter-solbakken"])).content.decode()
    openly, inside = (str(agreement_document(covering, is_open=is_open)) for is_open in (True, False))
    assert ("Villaen" in openly, "Villaen" in inside) == (False, True)


def test_a_covered_place_does_not_give_away_a_withheld_one(cast, covering, villa, anonymous, at):
    municipalities.withhold_unit(unit=cast.solbakken, is_withheld=True, actor=cast.hanne, at=at)

    page = anonymous.get(reverse("open_workplace", args=["eksempelby", "villaen"]))

    assert (page.status_code, "Solbakken" in page.content.decode()) == (200, False)
    assert anonymous.get(reverse("open_agreement_pdf", args=["eksempelby", "villaen"])).status_code == 404
