# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import itertools

import pytest

from samspil.agreements.boundary import ONLY_VOLUNTEERS, QUESTION_NAMES, QUESTIONS, Boundary, judge

NO_TO_ALL = dict.fromkeys(QUESTION_NAMES, False)
RANK = {Boundary.CORE: 2, Boundary.DOUBT: 1, Boundary.SUPPLEMENT: 0}


@pytest.mark.requirement("R48.agreement")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("must_be_done", "doubt"),
        ("law_or_authorisation", "core"),
        ("part_of_granted", "doubt"),
        ("medicine_or_case_file", "core"),
        ("money_or_keys", "doubt"),
        ("paid_staff_stop", "doubt"),
        ("never_get_to_do", "supplement"),
    ],
)
def test_a_yes_to_one_question_draws_the_boundary(question, expected):
    assert judge({**NO_TO_ALL, question: True}).boundary == expected


@pytest.mark.requirement("R15.agreement")
def test_no_to_all_is_a_supplement_without_reasons():
    judgement = judge(NO_TO_ALL)

    assert (judgement.boundary, judgement.reasons) == (Boundary.SUPPLEMENT, ())


@pytest.mark.requirement("R15.agreement")
def test_the_strictest_answer_wins_whatever_the_others_say():
    for values in itertools.product([False, True], repeat=len(QUESTIONS)):
        answers = dict(zip((question.name for question in QUESTIONS), values, strict=True))
        strictest = max((RANK[question.yes] for question in QUESTIONS if answers[question.name]), default=0)

        judgement = judge({**answers, ONLY_VOLUNTEERS: False})

        assert RANK[judgement.boundary] == strictest
        assert all(reason.yes == judgement.boundary and answers[reason.name] for reason in judgement.reasons)


def test_a_question_without_an_answer_is_an_error():
    answers = dict(NO_TO_ALL)
    del answers["must_be_done"]

    with pytest.raises(KeyError):
        judge(answers)


def test_every_question_says_why_and_what_instead():
    assert [question.name for question in QUESTIONS if not (str(question.because) and str(question.instead))] == []
