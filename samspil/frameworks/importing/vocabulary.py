# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The words by which Danish municipalities name the parts of such a document, and what the words mean."""

import re
from dataclasses import dataclass

from samspil.frameworks.importing.characters import words_in
from samspil.frameworks.importing.structure import Audience, Kind

LONGEST_NAME = 14
LONGEST_LINE = 9

_DEFINITION = re.compile(
    r"\bfrivillige?(?:\s+\w+)?\s+vil sige|\bhv(?:ad|em)\s+(?:er|forstår vi|mener vi|regnes|menes|forstås)\b.*\bfrivillig"
    r"|\bdefinition|\ben frivillig er\b|\bbegreb(?:er|et|erne|safklaring)?\b|\bvores forståelse af\b.*\bfrivillig"
    r"|^(?:en )?frivillig(?: hos os)?$"
)
_GUIDELINE = re.compile(
    r"\bguide ?lines?\b|\bguides?\b|\bhuskeliste|\bhuskeseddel|\btjekliste|\bgode (?:råd|idéer|ideer|vaner)\b|\bråd til\b"
    r"|\banbefal\w+|\binspiration\w*|\bretningslinj\w+|\bopmærksomhedspunkt\w+|\bgør sådan\b|\btips\b|\bidékatalog\w*"
    r"|\bvær opmærksom på\b|\bhusk\b|\bdet kan (?:du|i)\b|\bsådan kan (?:du|i)\b|\bdit bidrag\b"
)
_PRINCIPLE = re.compile(
    r"\b\w*princip(?:per|perne|pet)?\b|\bgrundregl?er(?:ne)?\b|\bgrundregel|\bleveregl?er(?:ne)?\b|\bspilleregl?er(?:ne)?\b"
    r"|\bpejlemærke(?:r|rne)?\b|\bfælles grundlag\b|\bfælles fundament\b|\bgrundlag(?:et)? for\b|\bgrundsten\b|\bgrundpille"
    r"|\bdet er vi enige om\b|\bdogme(?:r|rne)\b"
)
_VALUE = re.compile(r"\bværdi(?:er|erne|sæt|sættet|grundlag|grundlaget)?\b|\bkerneværdier")
_COMMITMENT = re.compile(
    r"\b(?:det|dét|hvad)\s+vi\s+vil\b|\b(?:det|dét|hvad)\s+(?:vi\s+)?stå(?:r)?\s+(?:vi\s+)?for\b|^vi\s+vil\b|^her\s+står\s+vi\b"
    r"|\bvi\s+(?:forpligter|lover)\b|\b(?:vores|kommunens)\s+(?:løfter?|ambition\w*|tilsagn)\b|^løfter\b|^ambition\w*\b"
    r"|\bdet\s+(?:lover|ønsker)\s+vi\b|^forpligtelser\b"
)
_NARRATIVE = re.compile(
    r"^(?:baggrund|indledning|forord|formål|om|hvorfor|historie|proces|sådan (?:er|bruge?s)|fra|læsevejledning)\b"
)

_ADVICE = re.compile(r"^(?:husk|vær|vi|anbefal|anbefales|brug|tag|giv|hold|lav|søg|spørg|lad|sig|gør)\b(?=\s+\S+\s+\S)")

_AUDIENCES: dict[Audience, re.Pattern[str]] = {
    Audience.COMMITTEE: re.compile(
        r"\bMED(?:-\w+|\b)|\bMed(?:-?udvalg\w*|-?system\w*|-?organisation\w*)|(?i:\w*udvalg(?:et|ene|ets)?\b|\btrio(?:en|er)?\b"
        r"|\barbejdsmiljø\w*|\btillidsrepræsentant\w*|\bpersonalemøde\w*|\btillidsvalgte)"
    ),
    Audience.LEADER: re.compile(r"(?i)\w*leder(?:e|en|ne|nes|ens|es|s)?\b|\w*ledelse(?:n|r|s|ns|rne)?\b|\bchef\w*"),
    Audience.EMPLOYEE: re.compile(
        r"(?i)\w*medarbejder(?:e|en|ne|nes|ens|es|s)?\b|\w*ansat(?:te|tes)?\b|\b\w*personale(?:t|ts|gruppen?)?\b"
        r"|\bkolleg(?:a|er|aer|erne)\b|\bfaggrupper?\b"
    ),
    Audience.OTHER: re.compile(
        r"(?i)\b(?:de )?frivillige?\b(?!\s+(?:indsats|arbejde))|\bforening\w*|\bpårørende\b|\bborger(?:e|ne|en)?\b"
        r"|\b\w*koordinator\w*|\bkontaktperson\w*|\btovholder\w*|\bfrivilligguide\w*|\bpartner\w*|\bpolitiker\w*|\balle\b"
    ),
}
_ADDRESS = re.compile(r"(?i:\b(?:for|til|som|hos)\s+)(.+)$")
_END_OF_ADDRESS = re.compile(r"\s+(?:i|om|når|ved|der|på|omkring|med)\s+(?!MED\b)|,\s*(?:når|hvis)|[:–.]")
_JUST_ADDRESS = re.compile(
    r"(?i)^(?:særligt\s+)?(?:(?:for|til)\s+(?:dig,?\s+(?:som|der\s+er)\s+|jer,?\s+(?:som|der\s+er)\s+|de\s+|den\s+)?"
    r"|(?:du\s+er|som)\s+|er\s+du\s+|hvad\s+kan\s+)"
)


@dataclass(frozen=True)
class Meaning:
    """What a heading says of the text below it."""

    kind: Kind
    audience: Audience = Audience.NONE


def name_of(text: str) -> str:
    """Return a heading as it is compared: folded, without number and end mark."""
    text = re.sub(r"^\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+", "", text.strip())
    return text.strip(" .:…-–*_#?!").casefold()


def meaning_of(text: str, context: Kind | None = None, *, firm: bool = True) -> Meaning | None:
    """Return what a heading means, or None for plain narrative.

    ``context`` is the kind of the part it stands in. Not ``firm`` is a line that only might be a heading: then words
    that also begin a piece of advice ("Husk at ...") say nothing.
    """
    name = name_of(text)
    firm = firm or text.rstrip().endswith(":")
    if not name or len(words_in(name)) > (LONGEST_NAME if firm else LONGEST_LINE) or _NARRATIVE.search(name):
        return None
    if not firm and _ADVICE.search(name):
        return None
    if _DEFINITION.search(name):
        return Meaning(Kind.DEFINITION)
    if _GUIDELINE.search(name):
        audience = audience_in(text)
        return Meaning(Kind.GUIDELINE, audience if audience is not Audience.NONE else Audience.OTHER)
    for kind, pattern in ((Kind.PRINCIPLE, _PRINCIPLE), (Kind.VALUE, _VALUE), (Kind.COMMITMENT, _COMMITMENT)):
        if pattern.search(name):
            return Meaning(kind)
    return _addressed(text, name, context, firm=firm)


def _addressed(text: str, name: str, context: Kind | None, *, firm: bool) -> Meaning | None:
    """Read a heading that only names somebody: a guideline inside guidelines, or where it is plainly an address."""
    audience = audience_in(text)
    if audience is Audience.NONE:
        return None
    words = name.split()
    address = bool(_JUST_ADDRESS.match(text.strip())) and len(words) <= LONGEST_LINE
    names_only = len(words) <= 3 and audience_in(words[0]) is not Audience.NONE  # noqa: PLR2004 - "Ledere og MED"
    if context is Kind.GUIDELINE and (address or names_only or (firm and len(words) <= LONGEST_LINE)):
        return Meaning(Kind.GUIDELINE, audience)
    return Meaning(Kind.GUIDELINE, audience) if address and audience is not Audience.OTHER else None


def audience_in(text: str) -> Audience:
    """Return whom a heading speaks to; OTHER where it is several, NONE where it names nobody."""
    text = _with_small_preposition(text.strip(" .:…"))
    address = _ADDRESS.search(text)
    parts = [_END_OF_ADDRESS.split(address[1], maxsplit=1)[0]] if address else []
    for part in (*parts, _END_OF_ADDRESS.split(text, maxsplit=1)[0], text):
        found = _named_in(part)
        if found:
            return found[0] if len(found) == 1 else Audience.OTHER
    return Audience.NONE


def _named_in(text: str) -> list[Audience]:
    """Return the audiences named, each once; a word counts for the first that knows it ("MED-ledelse")."""
    found = []
    for audience, pattern in _AUDIENCES.items():
        if pattern.search(text):
            found.append(audience)
            text = pattern.sub(" ", text)
    return found


def _with_small_preposition(text: str) -> str:
    """In a line of capitals, MED after anything but FOR, TIL, I and the like is the preposition "med"."""
    return (
        re.sub(r"(?<!\bFOR)(?<!\bTIL)(?<!\bI)(?<!\bSOM)(?<!\bOG)\s+MED\s+(?=\w)", " med ", text)
        if text.isupper()
        else text
    )


def speaks_of_itself(text: str, kind: Kind) -> bool:
    """Tell an introduction ("Huskelisten er tænkt som ...") from an item of the list it introduces."""
    pattern = {Kind.GUIDELINE: _GUIDELINE, Kind.PRINCIPLE: _PRINCIPLE, Kind.VALUE: _VALUE}.get(kind)
    folded = text.casefold()
    return pattern is not None and not _ADVICE.search(folded) and bool(pattern.search(folded))
