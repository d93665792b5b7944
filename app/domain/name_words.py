"""Words that help to tell a name from an ordinary word, in English and German."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALSO_WORDS: Final = _words(
    """
    an art august april baker banks barber barker bean best bill bird bishop black bond booth brand
    brook brown bush butler carter case cash chance chase church cliff cook cooper cross dale
    dawn day dean do don drew east eve faith farmer field finn fisher flowers ford forest fox
    frank franklin frost gene glass gold good grace grant gray green grey guy hall hand harper head
    heath hill holly hope hunter in iris ivy jack joy jung june justice king knight lake lamb lane
    law lee lily little long love major marsh mark marks mason max may mercy miles miller moody
    moon moss noble norm north page park parker pat patience penny pierce pike piper pope porter
    potter powers price prince ray read reed rice rich ring rivers rob robin rock rose ruby rush
    sage sandy sellers sharp shepherd short silver singer small smart snow so sparks stark
    steel stone stork strange street strong sue summer sunny swift tanner taylor temple turner
    victor violet wade walker wall ward waters wells west white wild will winter wise wolf wood
    woods worth wright young
    alt bach bauer baum beck berg blum braun busch engel ernst fink frei freund fuchs gross gut
    hahn haus heiss herbst hirsch hoch horn jager junge kaiser kern klein koch konig kraft krause
    kurz lang lange licht mai mann meister muller mut neu neumann nord ost pfeiffer reich richter
    ritter roth sauer schafer schneider schuster schwarz sommer stein stern sturm sud tag
    tal vogel voll wagner wald weber weiss winkler wolff zimmer zimmermann fischer bischof
    """
)
"""Folded words that are given or family names too."""
PARTICLES: Final = _words(
    """
    al bin bint da de del della den der di dos du el ibn la las le los ten ter van vom von y zu zum
    """
)
MONTHS: Final = _words("april august june mai may")
AT_A_DATE: Final = _words(
    "during early end in late last mid next since till until ab anfang bis ende im mitte seit"
)
"""Before a month; hardly before a person."""
WORD_BEFORE: Final = _words(
    """
    a all an any anybody anyone both each every everybody he her his i it its my no not of our
    she some that the their them there these they this those us we what which who you your
    alle das dem den der des dich die diese dieser dieses du ein eine einen er es ich ihr ihre man
    mich sich sie sein seine uns unser unsere wir
    """
)
"""Behind a word that opens a sentence; hardly behind a name."""
