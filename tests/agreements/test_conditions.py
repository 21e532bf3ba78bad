# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Other places, time set aside, meetings, agreements with the employees (R25, R41, R52, R54, R58)."""

import io
from html import unescape

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samspil.agreements import actions
from samspil.agreements.actions.locking import FrozenTextError, NotTheLeaderError
from samspil.agreements.conditions import Conditions, conditions_of
from samspil.agreements.content import version_content, version_sha256
from samspil.agreements.document import agreement_blocks
from samspil.agreements.models import AgreementVersion, Place
from samspil.agreements.open_points import open_points
from samspil.agreements.pages import read as read_version
from samspil.foundation.errors import Refusal
from samspil.frameworks.models import Element

SAID = Conditions(
    places={"citizens_home": "Kun efter aftale", "event": ""},
    hours_of_leader=2,
    hours_of_coordinator=12,
    staff_meets="quarterly",
)
HOME = "I borgerens hjem har frivillige hverken med nøgler, penge eller medicin at gøre."


def read(response):
    return unescape(response.content.decode())


def pdf_text(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def said(version):
    """Return the words of the agreement as the paper has them."""
    return repr(agreement_blocks(read_version(version)))


@pytest.fixture
def described(cast, draft, at):
    return actions.set_conditions(version=draft, conditions=SAID, actor=cast.lene, at=at)


def sections(client, url, filled, version, **texts):
    """Write sections as a leader does."""
    fresh = AgreementVersion.objects.get(pk=version.pk)
    assert client.post(url(), filled(fresh, **texts)).status_code == 302


@pytest.mark.requirement("R25")
def test_the_place_is_the_workplace_itself_until_others_are_added(draft, described):
    assert conditions_of(described) == SAID
    assert said(described).count("Det foregår også her") == 1
    assert HOME in said(described)


@pytest.mark.requirement("R25")
def test_nothing_said_leaves_the_control_code_as_it_always_was(cast, draft, at):
    before = version_sha256(draft)
    assert {"places", "hours_a_month", "staff_meets"} & set(version_content(draft)) == set()

    described = actions.set_conditions(version=draft, conditions=SAID, actor=cast.lene, at=at)
    assert version_sha256(described) != before

    undone = actions.set_conditions(version=described, conditions=Conditions(), actor=cast.lene, at=at)
    assert version_sha256(undone) == before


@pytest.mark.parametrize(
    "conditions",
    [
        Conditions(places={"workplace": ""}),
        Conditions(places={"maanen": ""}),
        Conditions(hours_of_leader=-1),
        Conditions(hours_of_coordinator=301),
        Conditions(staff_meets="daily"),
    ],
)
def test_nonsense_is_refused_on_every_path(cast, draft, at, conditions):
    with pytest.raises(Refusal):
        actions.set_conditions(version=draft, conditions=conditions, actor=cast.lene, at=at)

    assert Place.objects.count() == 0


def test_only_the_leader_writes_and_only_while_the_text_can_be_changed(cast, draft, in_force_too, at):
    with pytest.raises(NotTheLeaderError):
        actions.set_conditions(version=draft, conditions=SAID, actor=cast.tove, at=at)
    with pytest.raises(FrozenTextError):
        actions.set_conditions(version=in_force_too, conditions=SAID, actor=cast.lene, at=at)


@pytest.fixture
def in_force_too(cast, draft, at):
    """A version that was given up: as frozen as one in force."""
    copy = AgreementVersion.objects.get(pk=draft.pk)
    copy.pk, copy.number, copy.state = None, 2, "withdrawn"
    copy._state.adding = True
    copy.save()
    return copy


def test_at_the_table_it_is_put_before_the_body_again(cast, at_the_table, at):
    before = at_the_table.dialogue.current_paper.sha256

    actions.set_conditions(version=at_the_table, conditions=SAID, actor=cast.lene, at=at)

    after = AgreementVersion.objects.get(pk=at_the_table.pk)
    assert after.dialogue.papers.count() == 2
    assert after.content_sha256 == after.dialogue.current_paper.sha256 != before


@pytest.mark.requirement("R25")
@pytest.mark.requirement("R41.described")
@pytest.mark.requirement("R54")
def test_the_leader_says_it_on_a_page_of_its_own_and_everybody_reads_it(cast, draft, client_as, url):
    client = client_as(cast.lene)
    sent = {"citizens_home": "on", "event_words": "Byfesten", "hours_of_leader": "3", "staff_meets": "monthly"}

    response = client.post(url("conditions"), sent)

    assert response.headers["Location"].endswith("#more")
    version = AgreementVersion.objects.get(pk=draft.pk)
    assert conditions_of(version) == Conditions({"citizens_home": "", "event": "Byfesten"}, 3, None, "monthly")
    page = read(client_as(cast.tove).get(url()))
    for words in ("Til et arrangement et andet sted: Byfesten", HOME, "lederen 3 timer", "Hver måned."):
        assert words in page


@pytest.mark.parametrize("hours", ["-1", "301", "mange", "9" * 40, "2,5"])
def test_hours_that_are_none_say_what_to_write(cast, draft, client_as, url, hours):
    response = client_as(cast.lene).post(url("conditions"), {"hours_of_leader": hours})

    assert response.status_code == 422
    assert "Skriv antal timer om måneden, fra 0 til 300." in read(response)


def test_the_one_page_has_as_many_fields_as_before(cast, draft, described, client_as, url):
    page = read(client_as(cast.lene).get(url()))

    assert 'value="conditions"' in page
    for name in ("hours_of_leader", "citizens_home", "staff_meets"):
        assert f'name="{name}"' not in page


def test_the_next_version_begins_with_the_same_conditions(cast, described, body, on, at):
    actions.withdraw(version=described, reason="Ikke nu.", actor=cast.lene, at=at)

    again = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, given_up=described)

    assert conditions_of(again) == SAID


# What MED is told -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R54")
@pytest.mark.requirement("R52.open_points")
@pytest.mark.parametrize("hours", [None, 0])
def test_no_time_set_aside_is_an_open_point_in_the_paper_and_blocks_nothing(cast, draft, on, at, hours):
    actions.set_conditions(version=draft, conditions=Conditions(hours_of_leader=hours), actor=cast.lene, at=at)

    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    assert sent.state == "in_dialogue"
    presentation = sent.dialogue.current_paper.body["presentation"]
    assert "I kan tale om det: ”Afsat tid”, ”Aftaler med medarbejderne”." in presentation


@pytest.mark.requirement("R52.open_points")
def test_what_is_described_is_no_open_point(cast, described, client_as, url, filled):
    leader = client_as(cast.lene)
    sections(leader, url, filled, described, staff_agreements="", cooperation="", support="")
    assert open_points(read_version(AgreementVersion.objects.get(pk=described.pk))) == [
        "Aftaler med medarbejderne",
        "Sådan arbejder vi sammen",
        "Støtte fra arbejdspladsen",
    ]
    texts = {"staff_agreements": "Vi siger til.", "cooperation": "Tavlemøde.", "support": "Kaffe."}
    sections(leader, url, filled, described, **texts)

    assert open_points(read_version(AgreementVersion.objects.get(pk=described.pk))) == []


@pytest.mark.requirement("R52.leader")
def test_the_guidelines_for_leaders_stand_beside_the_one_page_and_block_nothing(cast, draft, client_as, url):
    expected = Element.objects.filter(version=draft.framework, audience="leader").values_list("text", flat=True)

    response = client_as(cast.lene).get(url())

    assert [text for text in expected if text not in read(response)] == []
    assert (len(expected) > 0, response.context["missing"]) == (True, [])


@pytest.mark.requirement("R52.paper")
def test_the_paper_carries_the_guidelines_for_the_body_and_for_employees(at_the_table):
    expected = [
        *Element.objects.filter(version=at_the_table.framework, audience="committee").values_list("text", flat=True),
        *Element.objects.filter(version=at_the_table.framework, audience="employee").values_list("text", flat=True),
    ]

    assert expected != []
    assert at_the_table.dialogue.current_paper.body["guidelines"] == expected


# For those who work here ----------------------------------------------------------------------------------------------


@pytest.mark.requirement("R58")
def test_agreements_with_the_employees_are_for_leader_and_med_and_stand_on_no_open_page(
    cast, described, client_as, anonymous, url, filled, on, at
):
    leader = client_as(cast.lene)
    sections(leader, url, filled, described, staff_agreements="Vi afløser hinanden.", support="Kaffe og kurser.")

    assert "Vi afløser hinanden." in read(client_as(cast.tove).get(url()))
    preview = read(leader.get(url("agreement_preview")))
    assert ("Vi afløser hinanden." in preview, "Kaffe og kurser." in preview) == (False, True)

    sent = actions.send_to_dialogue(
        version=AgreementVersion.objects.get(pk=described.pk), actor=cast.lene, on=on, at=at
    )
    assert "Vi afløser hinanden." in repr(sent.dialogue.current_paper.body["attachments"])
    reading = read_version(sent)
    everybody, staff = repr(agreement_blocks(reading, is_open=True)), repr(agreement_blocks(reading))
    assert ("Vi afløser hinanden." in everybody, "Vi afløser hinanden." in staff) == (False, True)
    assert ("lederen 2 timer" in everybody, "lederen 2 timer" in staff) == (False, True)
    assert "Kun efter aftale" in everybody


@pytest.mark.requirement("R25")
def test_the_open_page_says_where_it_also_takes_place(cast, engparken, anonymous):
    address = reverse("open_workplace", args=["eksempelby", engparken.agreement.workplace.slug])

    page = read(anonymous.get(address))
    shown = ["Haven" in page, "Vi siger til på tavlemødet." in page, "lederen 4 timer" in page]
    assert shown == [True, False, False]


@pytest.mark.requirement("R58")
def test_the_open_pdf_is_without_what_is_for_those_who_work_here(cast, engparken, client_as, anonymous):
    slug = engparken.agreement.workplace.slug
    in_the_open = anonymous.get(reverse("open_agreement_pdf", args=["eksempelby", slug]))
    inside = client_as(cast.hanne).get(reverse("agreement_pdf", args=[slug, 1]))

    assert "Vi siger til på tavlemødet." in pdf_text(inside.content)
    assert "Vi siger til på tavlemødet." not in pdf_text(in_the_open.content)
    assert in_the_open.headers["ETag"] != inside.headers["ETag"]
