# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The pages of visits, events, groups and associations, as those who receive volunteers see them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samspil.config.story import discuss
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer, PartnershipWords
from samspil.volunteering.models import PartnershipAgreement, StaffRole
from tests.faults import lane_forms
from tests.faults.scene import Scene, in_force
from tests.reads import reads


@pytest.fixture
def scene(cast, on, at):
    """The cast, with nothing begun."""
    return Scene(cast=cast, on=on, at=at)


@pytest.fixture
def association(scene):
    """An association whose agreement with Solbakken is in force."""
    return lane_forms.partnership_in_force(scene).at_hand["partnership"]


def words(client, name, *args):
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def _visit(cast, on, at, name):
    return actions.note_trial_visit(
        workplace=cast.solbakken,
        who=NewVolunteer(name=name),
        beside_id=cast.mia.person,
        visit_on=on,
        actor=cast.mia,
        on=on,
        at=at,
    )


@pytest.mark.requirement("R34.association")
@pytest.mark.requirement("R39.trial")
def test_the_page_shows_who_tries_what_is_planned_and_whose_word_is_due(scene, association, client_as):
    cast, on, at = scene.cast, scene.on, scene.at
    _visit(cast, on, at, "Bent Lund")
    lane_forms.occasion_at(scene)
    client = client_as(cast.mia)

    page = words(client, "lanes", cast.solbakken.slug)
    assert "Bent Lund: besøg 1 af 3, 23. november 2026, ved siden af Mia Lund" in page
    assert "skriv, hvor mange der kom" in page
    assert "Foreningen mangler at bekræfte, at attester og forsikring er på plads." in page

    actions.confirm_partnership(
        partnership=association, confirmed_by="kassereren", confirmed_on=on, actor=cast.mia, on=on, at=at
    )
    page = words(client, "lanes", cast.solbakken.slug)
    assert "Foreningen mangler at bekræfte" not in page
    assert "Attester og forsikring bekræftes igen senest 23. november 2027." in page


def test_the_word_of_one_association_is_not_that_of_another(scene, association, client_as):
    cast, on, at = scene.cast, scene.on, scene.at
    other = actions.draft_partnership(
        workplace=cast.solbakken, name="Havevennerne", reach_them="Formanden", actor=cast.karim, on=on, at=at
    )
    words_of = PartnershipWords("Flere blomster.", tuple(association.tasks), "værten", "formanden", "", "Med varsel.")
    other = actions.write_partnership(partnership=other, words=words_of, actor=cast.karim, at=at)
    other = actions.propose_partnership(partnership=other, actor=cast.karim, on=on, at=at)
    discuss(dialogue=other.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    other = actions.decide_partnership(partnership=other, actor=cast.lene, on=on, at=at)
    actions.confirm_partnership(
        partnership=other, confirmed_by="kassereren", confirmed_on=on, actor=cast.mia, on=on, at=at
    )

    page = words(client_as(cast.mia), "lanes", cast.solbakken.slug)

    assert page.count("Foreningen mangler at bekræfte") == 1


def test_the_page_costs_the_same_however_much_there_is(scene, association, client_as):
    client = client_as(scene.cast.mia)
    url = reverse("lanes", args=[scene.cast.solbakken.slug])
    _visit(scene.cast, scene.on, scene.at, "Bent Lund")
    lane_forms.occasion_at(scene)
    few = reads(client, url)
    for name in ("Ane", "Bo", "Cay"):
        _visit(scene.cast, scene.on, scene.at, name)
        lane_forms.occasion_at(scene)

    assert (few, reads(client, url)) == (11, 11)


@pytest.mark.requirement("R28")
def test_an_event_is_planned_held_and_counted_on_its_page(scene, client_as):
    cast = scene.cast
    client = client_as(cast.ole)
    form = {
        "title": "Efterårsfest",
        "held_on": scene.on.isoformat(),
        "place": "Skolegården",
        "leader_of_the_day": cast.ole.person,
        "expected": "60",
        "briefing": "Mød ved porten.",
    }

    planned = client.post(reverse("plan_occasion", args=[cast.nordre_skole.slug]), form, follow=True)
    assert "Alle fik besked på dagen, og så mange kom" in planned.content.decode()
    pk = planned.redirect_chain[-1][0].rstrip("/").rpartition("/")[2]
    held = client.post(reverse("note_occasion", args=[pk]), {"heads": "57"}, follow=True)

    assert "57 hjælpere kom" in " ".join(held.content.decode().split())


def test_before_its_day_an_event_is_not_counted(scene, client_as):
    form = {"held_on": (scene.on + timedelta(days=9)).isoformat(), "title": "Fest", "place": "Haven", "expected": "9"}
    form |= {"leader_of_the_day": scene.cast.ole.person, "briefing": "Kom."}
    url = reverse("plan_occasion", args=[scene.cast.nordre_skole.slug])

    planned = client_as(scene.cast.ole).post(url, form, follow=True)

    assert "Alle fik besked på dagen" not in planned.content.decode()


@pytest.mark.requirement("R27.partnership")
def test_what_lacks_something_is_saved_and_not_sent(scene, client_as):
    cast = in_force(scene).cast
    client = client_as(cast.karim)
    begun = client.post(
        reverse("draft_partnership", args=[cast.solbakken.slug]),
        {"name": "Besøgsvennerne", "reach_them": "Formanden"},
        follow=True,
    )
    assert "Skriv, hvad I vil sammen" in begun.content.decode()
    partnership = PartnershipAgreement.objects.get()

    sent = client.post(
        reverse("write_partnership", args=[partnership.pk]), {"purpose": "Flere får besøg.", "send": "1"}, follow=True
    )

    assert "Det er gemt, men ikke sendt: noget mangler." in sent.content.decode()
    partnership.refresh_from_db()
    assert (partnership.purpose, partnership.state) == ("Flere får besøg.", "draft")


@pytest.mark.requirement("R64.taken")
def test_everybody_who_works_there_sees_who_has_taken_what_on(scene, client_as):
    cast = scene.cast
    actions.take_role(
        workplace=cast.solbakken, kind=StaffRole.Kind.INTRODUCER, actor=cast.mia, on=scene.on, at=scene.at
    )

    page = words(client_as(cast.tove), "staff_roles", cast.solbakken.slug)

    assert 'Mia Lund <span class="soft">siden 23. november 2026</span>' in page
    assert "Giv videre" not in page
    assert "Giv videre" in words(client_as(cast.mia), "staff_roles", cast.solbakken.slug)
