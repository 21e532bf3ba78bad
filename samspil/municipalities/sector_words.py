# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The words that municipalities use for the sectors in their own lists."""

from django.utils import translation

from samspil.foundation.importing import folded
from samspil.municipalities.models import Sector

_ALSO = {
    Sector.CARE_HOME: (
        "plejehjem, plejecentre, plejeboliger, plejebolig, ældrecenter, ældrecentre, friplejehjem, friplejebolig"
    ),
    Sector.HOME_CARE: (
        "hjemmehjælp, hjemmesygepleje, sygepleje, sygeplejen, hjemmeplejen, hjemme- og sygepleje, "
        "hjemmepleje og sygepleje, udekørende"
    ),
    Sector.SCHOOL: "skoler, folkeskole, folkeskoler, grundskole, specialskole, skole og sfo, sfo, skolefritidsordning",
    Sector.DAY_CARE: (
        "daginstitution, daginstitutioner, børnehave, børnehaver, vuggestue, vuggestuer, dagpleje, børnehus, børnehuse, "
        "integreret institution, dagtilbud for børn, dagtilbud 0-6 år, småbørn"
    ),
    Sector.LIBRARY: "biblioteker, biblioteket, folkebibliotek",
    Sector.MUSEUM: "museum, museer, kulturarv, arkiv, lokalarkiv, stadsarkiv, museum og arkiv",
    Sector.SPORTS: (
        "idræt, haller, hal, idrætshal, idrætshaller, idrætsanlæg, svømmehal, svømmehaller, idræt og fritid, "
        "fritid og idræt, sport"
    ),
    Sector.NATURE: "natur, park, parker, vej og park, park og vej, natur og parker, natur og miljø, grønne områder",
    Sector.INTEGRATION: "sprogcenter, sprogskole, flygtninge, flygtninge og integration",
    Sector.EMERGENCY: "redningsberedskab, brandvæsen, brand og redning, brandstation, beredskabet",
    Sector.SUPPORTED_HOUSING: (
        "botilbud, bosted, bosteder, bofællesskab, bofællesskaber, socialpsykiatri, psykiatri, handicap, "
        "handicap og psykiatri, værested, væresteder"
    ),
    Sector.EVENTS: "administration, rådhus, rådhuset, stab, stabe, forvaltning, arrangementer, borgerservice",
    Sector.OTHER: "øvrige, øvrigt, ingen",
}
_DEFINITE = ("en", "n", "et", "t")


def sector_of(words: str, known: dict[str, str]) -> str | None:
    """Return the sector that the words stand for among those ``known``; None where they are not known."""
    return known.get(folded(words.replace("&", " og ")))


def sector_in_name(name: str, known: dict[str, str]) -> str | None:
    """Return the sector that a workplace's name tells (Plejecenter Solbakken, Børnehaven Nord); None where in doubt."""
    words = set(folded(name).replace("-", " ").split())
    words |= {word.removesuffix(ending) for word in words for ending in _DEFINITE if word.endswith(ending)}
    told = {known[word] for word in words if word in known} - {Sector.OTHER.value}
    return told.pop() if len(told) == 1 else None


def known_words() -> dict[str, str]:
    """Return every way to write a sector: its Danish and English name, its code, and what else it is called."""
    words = {sector.value: sector.value for sector in Sector}
    for language in ("da", "en"):
        with translation.override(language):
            words |= {folded(str(sector.label)): sector.value for sector in Sector}
    return words | {word.strip(): sector.value for sector, also in _ALSO.items() for word in also.split(",")}
