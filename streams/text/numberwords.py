"""Number words of copy, in English, French, Spanish, Portuguese and German; tables only, no values.

Case-folded. German ``ein`` is left out: it is an article far more often.
"""

from __future__ import annotations

from streams.text.words import word_set

_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion"
    " dozens scores",
    "fr": "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente"
    " quarante cinquante soixante cent mille",
    "es": "un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta"
    " cuarenta cincuenta sesenta cien mil",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze catorze quinze vinte trinta"
    " quarenta cinquenta sessenta cem mil",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend",
}

NUMBER_WORDS: frozenset[str] = word_set(" ".join(_NUMBERS.values()))
"""Every word that is a number by itself, in any of the languages."""

MAGNITUDES: frozenset[str] = word_set(
    "hundred thousand million millions billion billions trillion cent mille milliers millón millones mil milhão milhões"
    " bilhões hundert tausend millionen milliarde milliarden milliards مليون ألف"
)
"""What stands between a figure and what it counts: ``2 million people``, Arabic too."""
