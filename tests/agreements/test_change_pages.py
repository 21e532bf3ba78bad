# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.actions import OwnTask, SentPage, SentText
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.change_todo import todo_for
from samspil.agreements.models import AgreementVersion, Section
from tests.reads import reads

WHY = "En slåfejl er rettet."
NO = dict.fromkeys(QUESTION_NAMES, False)


@pytest.fixture
def next_version(cast, in_force, on, at):
    return actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


@pytest.fixture
def reworded(cast, next_version, at):
    section = Section.objects.get(version=next_version, kind="customs")
    page = SentPage({"customs": SentText("Vi siger godmorgen.", section.revision, fingerprint(section.text))})
    actions.save_page(version=next_version, page=page, actor=cast.lene, at=at)
    return next_version


@pytest.fixture
def announced(cast, reworded, at):
    return actions.announce(version=reworded, reason=WHY, words={"section:customs"}, actor=cast.lene, at=at)


def read(response):
    return unescape(response.content.decode())


def state(version):
    return AgreementVersion.objects.get(pk=version.pk).state


@pytest.mark.requirement("R53.editorial")
def test_the_leader_sees_what_is_changed_and_announces_it(cast, in_force, reworded, client_as, url):
    client = client_as(cast.lene)
    was = Section.objects.get(version=in_force, kind="customs").text

    shown = read(client.get(url("agreement_change")))
    after = client.post(url("agreement_change"), {"words": ["section:customs"], "reason": WHY}, follow=True)

    assert ("Det har du ændret" in shown, "<ins>" in shown, was[:20] in shown) == (True, True, True)
    assert state(reworded) == "announced"
    assert "gælder den fra 8. december 2026" in read(after)
    assert WHY in read(after)


@pytest.mark.parametrize("sent", [{"reason": WHY}, {"words": ["section:customs"]}, {"words": ["x"], "reason": WHY}])
def test_without_the_tick_or_the_reason_nothing_is_announced(cast, reworded, client_as, url, sent):
    response = client_as(cast.lene).post(url("agreement_change"), sent)

    assert (response.status_code, state(reworded)) == (422, "draft")


@pytest.mark.requirement("R53.change")
def test_with_a_new_task_the_way_forward_is_the_dialogue(cast, reworded, client_as, url, at):
    actions.add_task(version=reworded, task=OwnTask("Cykle", "Gangtræning", "Luft", NO), actor=cast.lene, at=at)
    client = client_as(cast.lene)

    shown = read(client.get(url("agreement_change")))
    refused = client.post(url("agreement_change"), {"words": ["section:customs"], "reason": WHY})

    assert ("Det skal drøftes i MED" in shown, "Meddel ændringen" in shown) == (True, False)
    assert (refused.status_code, state(reworded)) == (409, "draft")


def test_before_anything_is_changed_the_page_says_so(cast, next_version, client_as, url):
    assert "Du har ikke ændret noget endnu." in read(client_as(cast.lene).get(url("agreement_change")))


def test_the_draft_leads_to_the_page_with_its_changes_saved(cast, next_version, client_as, url, filled):
    response = client_as(cast.lene).post(url(), filled(next_version, intent="change", customs="Andre ord"), follow=True)

    assert "Andre" in read(response)
    assert "Det har du ændret" in read(response)


@pytest.mark.requirement("R53.editorial")
def test_the_employee_side_finds_it_on_the_home_page_and_objects(cast, announced, client_as, url):
    client = client_as(cast.tove)
    where = url("announced_change", announced.number)

    assert [line.url for line in todo_for(cast.tove)] == [where]
    shown = read(client.get(where))
    assert ("<ins>" in shown, WHY in shown, "til og med 7. december 2026" in shown) == (True, True, True)
    after = read(client.post(url("object_to_change", announced.number), {"reason": "Det betyder mere"}, follow=True))

    assert state(announced) == "draft"
    assert "Medarbejdersiden vil drøfte den: Det betyder mere" in after
    assert todo_for(cast.tove) == []
    assert "Det betyder mere" in read(client_as(cast.lene).get(url()))


@pytest.mark.parametrize(("who", "status"), [("mia", 403), ("lene", 403), ("ole", 404), ("frida", 404)])
def test_others_read_at_most(cast, announced, client_as, url, who, status):
    client = client_as(getattr(cast, who))

    assert client.post(url("object_to_change", announced.number), {"reason": "Nej"}).status_code == status
    assert client.get(url("announced_change", announced.number)).status_code == (200 if status == 403 else 404)
    assert (todo_for(getattr(cast, who)), state(announced)) == ([], "announced")


def test_an_objection_without_words_is_asked_again(cast, announced, client_as, url):
    assert client_as(cast.tove).post(url("object_to_change", announced.number), {"reason": ""}).status_code == 422


def test_the_leader_takes_it_back_on_the_page(cast, announced, client_as, url):
    client = client_as(cast.lene)

    assert "Vil du tage meddelelsen tilbage?" in read(client.get(url("take_back_agreement")))
    client.post(url("take_back_agreement"), {"reason": "Vi drøfter den"})

    assert state(announced) == "draft"
    assert "Vi drøfter den" in read(client_as(cast.tove).get(url("announced_change", announced.number)))


@pytest.mark.requirement("R53.editorial")
def test_the_version_in_force_stands_meanwhile_and_says_what_is_coming(cast, in_force, announced, client_as, anonymous):
    sentence = "En redaktionel ændring er meddelt. Den gælder fra 8. december 2026."
    was = Section.objects.get(version=in_force, kind="customs").text
    open_page = read(anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])))
    workplace = read(client_as(cast.mia).get(reverse("workplace", args=[cast.solbakken.slug])))

    assert (sentence in open_page, was[:20] in open_page, "Vi siger godmorgen." in open_page) == (True, True, False)
    assert sentence in workplace


@pytest.mark.requirement("R53.editorial")
def test_in_force_every_page_says_what_it_rests_on(cast, in_force, announced, client_as, anonymous, url, on, at):
    later = on + timedelta(days=15)
    from dataclasses import replace

    actions.adopt(
        version=announced,
        in_force_from=later,
        actor=replace(cast.lene, on=later),
        on=later,
        at=at + timedelta(days=15),
    )

    rests = "Drøftet med MED 23. november 2026 som 1. udgave; vores egen tekst betyder det samme."
    address = reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])
    assert rests in read(anonymous.get(address))
    assert rests in read(client_as(cast.lene).get(url()))
    assert (
        anonymous.get(reverse("open_agreement_pdf", args=[cast.municipality.slug, cast.solbakken.slug])).status_code
        == 200
    )
    assert client_as(cast.lene).get(url("file_agreement", announced.number)).status_code == 200
    assert client_as(cast.tove).get(url("announced_change", announced.number)).status_code == 200


def test_the_pages_ask_a_fixed_number_of_queries(cast, announced, reworded, client_as, url, at):
    announced_page = reads(client_as(cast.tove), url("announced_change", announced.number))
    actions.take_back(version=announced, reason="Mere", actor=cast.lene, at=at)
    few = reads(client_as(cast.lene), url("agreement_change"))
    for kind in ("purpose", "recognition", "professional_judgement"):
        section = Section.objects.get(version=reworded, kind=kind)
        page = SentPage({kind: SentText("Andre ord.", section.revision, fingerprint(section.text))})
        actions.save_page(version=reworded, page=page, actor=cast.lene, at=at)

    assert reads(client_as(cast.lene), url("agreement_change")) == few
    assert (few, announced_page) == (13, 11)
