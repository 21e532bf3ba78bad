# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a text is about: its purpose for the product, the questions that follow from it, values named in passing.

The questions are content, not interface: they are stored on the element and changed by the administrator.
"""

import re
from dataclasses import replace

from samspil.frameworks.importing.structure import ImportedElement, Kind

LONGEST_READ = 2_000

SUPPLEMENT = "supplement"
ONLY_VOLUNTEERS = "only_volunteers"
WITHOUT_AGREED_FRAME = "without_agreed_frame"
VOLUNTEER_DEFINITION = "volunteer_definition"

_STAFF = r"(?:ansatte|medarbejder\w*|personale\w*|kolleger\w*|faggruppe\w*|\bvi\b)"
_SUPPLEMENT = re.compile(
    r"\bsuppler\w*|\bsupplement\w*|\btillæg til\b|\bekstra\b.*\bkerne|\b(?:ikke|aldrig|hverken)\b.*\b(?:overtage\w*|erstatte\w*)"
    r"|\b(?:erstatter|overtager|træder)\s+(?:ikke|aldrig)\b|\bi stedet for\s+" + _STAFF
)
_ONLY_VOLUNTEERS = re.compile(
    rf"frivillig\w*.*{_STAFF}.*\b(?:ikke|aldrig)\b|{_STAFF}.*\b(?:ikke|aldrig)\b.*frivillig\w*|kun frivillige|alene frivillige"
)
_CANNOT = re.compile(r"\b(?:mulighed\w*|tid|når?|nå|kan|får|råd|rækker)\b")
_NO_FRAME = re.compile(
    r"\buden\b[^.]{0,60}\b(?:aftale\w*|ramme\w*)|\b(?:ikke|ingen)\b[^.]{0,60}\b(?:aftale?\w*|ramme\w*)|\bikke\s+selv\s+har\s+inviteret"
)
_RESPECT = re.compile(r"\brespekt\w*|\bpårørende\b|\bbekendt\w*|\bhøflig\w*|\bgæst\w*")

_TRUST = re.compile(r"\btillid\w*|\bdialog\w*|\brespekt\w*|\båben\w*")
_PROFESSION = re.compile(r"\bfaglig\w*|\bkompetence\w*|\banerkend\w*|\bprofession\w*")

STANDING_QUESTION = "Hvad giver de frivillige plads til, som vi ikke selv når i hverdagen?"
EVALUATION_QUESTIONS = {
    SUPPLEMENT: "Er det stadig os ansatte, der løser kerneopgaven, og lægger de frivillige noget oveni?",
    ONLY_VOLUNTEERS: "Får borgerne noget fra de frivillige, som vi ikke selv kunne have givet dem?",
}
TRUST_QUESTION = "Mærker vi tillid, dialog og respekt mellem ansatte og frivillige til daglig?"
PROFESSION_QUESTION = "Bliver medarbejdernes faglighed respekteret, og bliver de frivilliges indsats set?"
ANY_PRINCIPLE_QUESTION = "Lever vi op til det her princip hos os?"

_PURPOSES_OF = {
    Kind.PRINCIPLE: (SUPPLEMENT, ONLY_VOLUNTEERS),
    Kind.COMMITMENT: (SUPPLEMENT, WITHOUT_AGREED_FRAME),
    Kind.GUIDELINE: (WITHOUT_AGREED_FRAME,),
    Kind.PASSAGE: (WITHOUT_AGREED_FRAME,),
    Kind.DEFINITION: (VOLUNTEER_DEFINITION,),
}

_END = r"(?=[.;!?\n]|$)"
_VALUE_LISTS = (
    re.compile(
        rf"\b(?:værdier|værdierne|kerneværdier|kerneværdierne)\b[^.:;!?]{{0,120}}:\s*([^.;:!?\n]{{3,200}}){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:værdier|værdierne|kerneværdier|kerneværdierne)\s+(?:er\s+)?([^.;:!?\n]{{3,200}}){_END}", re.IGNORECASE
    ),
)
_LONGEST_VALUE = 3


def suits(element: ImportedElement, purpose: str) -> bool:
    """Tell whether an element could be the one with this purpose."""
    if purpose not in _PURPOSES_OF.get(element.kind, ()):
        return False
    text = element.whole[:LONGEST_READ].casefold()
    if purpose == SUPPLEMENT:
        return bool(_SUPPLEMENT.search(text))
    if purpose == ONLY_VOLUNTEERS:
        return bool(_ONLY_VOLUNTEERS.search(text) and _CANNOT.search(text))
    if purpose == WITHOUT_AGREED_FRAME:
        return speaks_of_no_frame(element.text)
    return "frivillig" in text


def speaks_of_no_frame(text: str) -> bool:
    """Tell the rule of respect for volunteers with whom nothing is agreed (R31)."""
    folded = text[:LONGEST_READ].casefold()
    return "frivillig" in folded and bool(_NO_FRAME.search(folded) and _RESPECT.search(folded))


def with_purposes(elements: list[ImportedElement]) -> list[ImportedElement]:
    """Suggest each purpose for at most one element: the first that suits, principles before all others."""
    purposes: dict[int, str] = {}
    for purpose in (SUPPLEMENT, ONLY_VOLUNTEERS, WITHOUT_AGREED_FRAME, VOLUNTEER_DEFINITION):
        fitting = [i for i, element in enumerate(elements) if i not in purposes and suits(element, purpose)]
        if fitting:
            first = min(fitting, key=lambda i: (elements[i].kind is not Kind.PRINCIPLE, i))
            purposes[first] = purpose
    return [_with_questions(replace(e, purpose=purposes.get(i, ""))) for i, e in enumerate(elements)]


def _with_questions(element: ImportedElement) -> ImportedElement:
    """Suggest the question put in every dialogue (R51) and the one asked in the evaluation (R36, R49)."""
    standing = STANDING_QUESTION if element.purpose == ONLY_VOLUNTEERS else ""
    evaluation = ""
    if element.kind is Kind.PRINCIPLE:
        evaluation = EVALUATION_QUESTIONS.get(element.purpose, "") or _question_by_theme(element.whole)
    elif element.kind is Kind.VALUE and len(element.text.split()) <= _LONGEST_VALUE:
        evaluation = f"Oplever du {element.text.casefold()} i samarbejdet mellem ansatte og frivillige?"
    return replace(element, standing_question=standing, evaluation_question=evaluation)


def _question_by_theme(text: str) -> str:
    folded = text[:LONGEST_READ].casefold()
    if _TRUST.search(folded) and not _PROFESSION.search(folded):
        return TRUST_QUESTION
    return PROFESSION_QUESTION if _PROFESSION.search(folded) else ANY_PRINCIPLE_QUESTION


def values_named_in(text: str) -> list[str]:
    """Return the values that a sentence counts up ("værdierne i ...: a, b og c"), two or more short ones."""
    for pattern in _VALUE_LISTS:
        for found in pattern.finditer(text):
            values = [value.strip(' ”"“»«') for value in re.split(r",\s*(?:og\s+)?|\s+(?:og|samt)\s+", found[1])]
            if len(values) > 1 and all(0 < len(value.split()) <= _LONGEST_VALUE for value in values):
                return values
    return []


_DEFINES = re.compile(
    r"^(?:en\s+frivillig,?\s+er\b|(?:ved|med)\s+(?:en\s+)?frivillig\w*\s+(?:forstå|mene)|som\s+frivillig\s+(?:regne|anse)"
    r"|frivillige\s+er\s+(?:personer|mennesker|borgere)\b|(?:når\s+vi\s+(?:taler\s+om|siger)\s+(?:en\s+)?frivillig))",
    re.IGNORECASE,
)


def defines_a_volunteer(text: str) -> bool:
    """Tell a paragraph that says what a volunteer is, though no heading announces it."""
    return bool(_DEFINES.match(text))
