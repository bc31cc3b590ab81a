"""Words of every day, as French writes them: spelled right, they were never meant to be others.

« voile » is not « viole », « promo » is not « proxo »: of a word that exists, no slip is forgiven.
"""

from functools import cache

from spellchecker import SpellChecker

from directory.folding import fold

_LEAST = 100  # occurrences in the corpus of the dictionary: rarer forms are as often slips


@cache
def ordinary_words() -> frozenset[str]:
    """Folded; some 30,000. Read once by each process (0.4 s); a site does it when it starts."""
    counted = SpellChecker(language="fr", distance=1).word_frequency.dictionary
    return frozenset(fold(word) for word, count in counted.items() if count >= _LEAST and word.isalpha())
