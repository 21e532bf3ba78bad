# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Two people do the same thing at once: one wins, one is told, nothing is lost and the audit verifies."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.agreements import actions as agreements
from samspil.agreements.actions.drafting import SentPage, SentText, fingerprint
from samspil.agreements.models import AgreementVersion, InForce, Section, Task
from samspil.audit import queries as audit
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import FrameworkVersion
from samspil.med import actions as med
from samspil.med.models import Committee, Confirmation
from samspil.municipalities.models import Unit
from samspil.people import actions as people
from samspil.people.models import Role, RoleAssignment
from tests.cast import CastClient, log_in
from tests.faults import scene as stages
from tests.faults.forms import BY_LABEL
from tests.faults.races import at_once
from tests.faults.scene import Scene
from tests.faults.sending import read, send


@pytest.fixture
def stage(town, moment):
    """Let the main job come as far as a stage, really in the database; no scope is open after."""

    def build(step):
        with tenancy.scope(town.municipality.pk):
            return step(Scene(cast=town, on=moment.date(), at=moment))

    return build


def scoped(scene, step, **given):
    """Return the step as somebody takes it: in a scope of their own."""

    def take():
        with tenancy.scope(scene.cast.municipality.pk):
            return step(**given)

    return take


def one_won(answers):
    """Hold that one was taken and the other was told what to do; return the one that was told."""
    told = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(told) == 1, answers
    assert isinstance(told[0], Refusal), told[0]
    assert str(told[0])
    return told[0]


@pytest.fixture
def whole(town):
    """Hold that the audit verifies after the test."""
    yield
    with tenancy.scope(town.municipality.pk):
        assert list(audit.breaks()) == []


pytestmark = pytest.mark.usefixtures("whole")


@pytest.mark.requirement("R43")
def test_of_two_adoptions_one_wins(stage):
    scene = stage(stages.confirmed)
    adopt = scoped(
        scene,
        agreements.adopt,
        version=scene.version,
        in_force_from=scene.on,
        actor=scene.cast.lene,
        on=scene.on,
        at=scene.at,
    )

    one_won(at_once(adopt, adopt))

    with tenancy.scope(scene.cast.municipality.pk):
        assert InForce.objects.count() == 1
        assert AgreementVersion.objects.filter(state="in_force").count() == 1


def test_of_two_who_put_it_in_force_one_wins(stage):
    scene = stage(stages.adopted)
    given = {"version": scene.version, "actor": scene.cast.lene, "on": scene.on, "at": scene.at}

    one_won(at_once(*[scoped(scene, agreements.put_in_force, **given)] * 2))


def test_of_two_drafts_one_is_opened(stage):
    scene = stage(stages.published)
    given = {"workplace": scene.cast.solbakken, "actor": scene.cast.lene, "on": scene.on, "at": scene.at}

    one_won(at_once(*[scoped(scene, agreements.open_draft, **given)] * 2))

    with tenancy.scope(scene.cast.municipality.pk):
        assert AgreementVersion.objects.count() == 1


def test_of_two_sendings_one_reaches_the_body(stage):
    scene = stage(stages.drafted)
    given = {"version": scene.version, "actor": scene.cast.lene, "on": scene.on, "at": scene.at}

    one_won(at_once(*[scoped(scene, agreements.send_to_dialogue, **given)] * 2))


@pytest.mark.requirement("R1")
def test_of_two_publications_one_wins(stage):
    scene = stage(stages.imported)
    with tenancy.scope(scene.cast.municipality.pk):
        draft = FrameworkVersion.objects.get(state="draft")
    given = {"version": draft, "in_force_from": scene.on, "actor": scene.cast.hanne, "at": scene.at, "on": scene.on}

    one_won(at_once(*[scoped(scene, frameworks.publish_version, **given)] * 2))


def test_of_two_framework_drafts_one_is_begun(stage):
    scene = stage(stages.published)
    given = {"actor": scene.cast.hanne, "at": scene.at}

    one_won(at_once(*[scoped(scene, frameworks.use_model_framework, **given)] * 2))


@pytest.mark.requirement("R43")
def test_of_two_confirmations_one_counts(stage):
    scene = stage(stages.recorded)
    with tenancy.scope(scene.cast.municipality.pk):
        dialogue = scene.dialogue
    given = {"dialogue": dialogue, "at": scene.at, "on": scene.on}

    one_won(
        at_once(
            scoped(scene, med.confirm, actor=scene.cast.tove, **given),
            scoped(scene, med.refuse_confirmation, actor=scene.cast.arne, reason="Nej.", **given),
        )
    )

    with tenancy.scope(scene.cast.municipality.pk):
        assert Confirmation.objects.exclude(answer="voided").count() == 1


def test_a_link_is_used_once(stage):
    scene = stage(stages.recorded)
    use = scoped(scene, med.confirm_by_link, token=scene.at_hand["token"], at=scene.at, on=scene.on)

    one_won(at_once(use, use))


@pytest.fixture
def drafted_anew(stage):
    """Have a draft where two of the texts are not begun."""
    scene = stage(stages.drafted)
    with tenancy.scope(scene.cast.municipality.pk):
        Section.objects.filter(kind__in=("expenses", "cooperation")).delete()
    return scene


def sent(kind, text, revision, was):
    return SentPage(texts={kind: SentText(text, revision, fingerprint(was))})


def test_of_two_autosaves_of_one_section_nothing_is_lost(stage):
    scene = stage(stages.drafted)
    with tenancy.scope(scene.cast.municipality.pk):
        section = Section.objects.get(version=scene.version, kind="purpose")
    was, revision = section.text, section.revision
    given = {"version": scene.version, "actor": scene.cast.lene, "at": scene.at, "is_autosave": True}

    told = one_won(
        at_once(
            scoped(scene, agreements.save_page, page=sent("purpose", "Den enes ord.", revision, was), **given),
            scoped(scene, agreements.save_page, page=sent("purpose", "Den andens ord.", revision, was), **given),
        )
    )

    assert isinstance(told, StaleRevisionError)
    assert {told.conflicts[0].mine, told.conflicts[0].theirs} == {"Den enes ord.", "Den andens ord."}


def test_of_two_autosaves_of_a_section_not_begun_nothing_is_lost(drafted_anew):
    scene = drafted_anew
    given = {"version": scene.version, "actor": scene.cast.lene, "at": scene.at, "is_autosave": True}

    told = one_won(
        at_once(
            scoped(scene, agreements.save_page, page=sent("expenses", "I haven.", 0, ""), **given),
            scoped(scene, agreements.save_page, page=sent("expenses", "I køkkenet.", 0, ""), **given),
        )
    )

    assert {told.conflicts[0].mine, told.conflicts[0].theirs} == {"I haven.", "I køkkenet."}


def test_two_autosaves_of_two_sections_are_both_kept(drafted_anew):
    scene = drafted_anew
    given = {"version": scene.version, "actor": scene.cast.lene, "at": scene.at, "is_autosave": True}

    answers = at_once(
        scoped(scene, agreements.save_page, page=sent("expenses", "I haven.", 0, ""), **given),
        scoped(scene, agreements.save_page, page=sent("cooperation", "Et kursus.", 0, ""), **given),
    )

    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    with tenancy.scope(scene.cast.municipality.pk):
        texts = set(Section.objects.filter(version=scene.version).values_list("text", flat=True))
    assert {"I haven.", "Et kursus."} <= texts


def test_a_tick_at_once_stands_once(stage):
    scene = stage(stages.drafted)
    with tenancy.scope(scene.cast.municipality.pk):
        from samspil.agreements.catalogue import template_for

        have = set(Task.objects.values_list("catalogue_code", flat=True))
        code = next(
            task.code for task in template_for("care_home").tasks if task.code not in have and task.boundary != "core"
        )
    given = {"version": scene.version, "actor": scene.cast.lene, "at": scene.at, "is_autosave": True}

    answers = at_once(*[scoped(scene, agreements.save_page, page=SentPage(ticked=frozenset([code])), **given)] * 2)

    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    with tenancy.scope(scene.cast.municipality.pk):
        assert Task.objects.filter(catalogue_code=code).count() == 1


def test_adopting_and_correcting_at_once_never_gives_force_to_words_not_discussed(stage):
    scene = stage(stages.confirmed)
    lene = scene.cast.lene
    answers = at_once(
        scoped(
            scene,
            agreements.adopt,
            version=scene.version,
            in_force_from=scene.on,
            actor=lene,
            on=scene.on,
            at=scene.at,
        ),
        scoped(
            scene,
            agreements.save_page,
            version=scene.version,
            page=sent("expenses", "Nyt.", 0, ""),
            actor=lene,
            at=scene.at,
        ),
    )

    one_won(answers)


def test_two_new_units_of_one_name_get_an_address_each(stage):
    scene = stage(stages.nothing)
    form = BY_LABEL["create_unit"]
    with tenancy.scope(scene.cast.municipality.pk):
        who = log_in(CastClient(), scene.cast.hanne)
        sheets = [read(who, form, scene), read(who, form, scene)]

    answers = at_once(*[lambda sheet=sheet: _send_as(who, sheet) for sheet in sheets])

    assert [answer.status_code for answer in answers] == [302, 302], answers
    with tenancy.scope(scene.cast.municipality.pk):
        assert Unit.objects.filter(name="Plejecenter Møllen").count() == 2


@pytest.mark.parametrize("label", ["create_committee", "add_member", "grant_role", "closed_days"])
def test_two_who_enter_the_same_at_once_are_both_answered(stage, label):
    form = BY_LABEL[label]
    scene = stage(form.stage)
    with tenancy.scope(scene.cast.municipality.pk):
        who = log_in(CastClient(), scene.cast.hanne)
        sheets = [read(who, form, scene), read(who, form, scene)]

    answers = at_once(*[lambda sheet=sheet: _send_as(who, sheet) for sheet in sheets])

    assert all(answer.status_code in {302, 409, 422} for answer in answers), answers
    with tenancy.scope(scene.cast.municipality.pk):
        assert Committee.objects.filter(name="LokalMED Nordre").count() <= 1
        assert RoleAssignment.objects.filter(user__email="ida@example.dk").count() <= 1


def test_the_last_two_administrators_cannot_end_each_other(stage):
    scene = stage(stages.nothing)
    with tenancy.scope(scene.cast.municipality.pk):
        second = people.grant_role(
            email="ida@example.dk",
            name="Ida",
            role=Role.ADMINISTRATOR,
            unit=scene.cast.top,
            from_date=scene.on - timedelta(days=1),
            actor=scene.cast.hanne,
            at=scene.at,
        )
        first = RoleAssignment.objects.get(pk=scene.cast.hanne.assignment_id)
    ida = replace(scene.cast.hanne, user_id=second.user_id, assignment_id=second.pk)
    given = {"on": scene.on, "at": scene.at}

    one_won(
        at_once(
            scoped(scene, people.end_role, assignment=second, actor=scene.cast.hanne, **given),
            scoped(scene, people.end_role, assignment=first, actor=ida, **given),
        )
    )


def test_saving_and_naming_contacts_at_once_is_never_a_deadlock(stage):
    """One request records an event and then locks more; another locks first and then records."""
    scene = stage(stages.drafted)
    form = BY_LABEL["agreement"]
    with tenancy.scope(scene.cast.municipality.pk):
        who = log_in(CastClient(), scene.cast.lene)
        sheets = [read(who, form, scene), read(who, form, scene)]
    ids = [str(scene.cast.tove.user_id), str(scene.cast.arne.user_id)]
    sheets = [
        sheet.changed(contacts=[*sheet.values["contacts"], pk], purpose="Samme ord.")
        for sheet, pk in zip(sheets, ids, strict=True)
    ]

    answers = at_once(*[lambda sheet=sheet: _send_as(who, sheet) for sheet in sheets])

    assert [answer.status_code for answer in answers] == [302, 302], answers


def _send_as(who, sheet):
    client = CastClient()
    client.cookies = who.cookies
    return send(client, sheet)
