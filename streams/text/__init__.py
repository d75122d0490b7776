"""str → value: encodings, layout, spans, markup, dates, language. Knows no news and no Kafka; does no I/O.

============  ==============================================================================
encodings     bytes → str, saying how sure it is
charsets      which charset bytes are in
mojibake      text that was decoded wrongly upstream, put right
layout        a text's lines and paragraphs, hard-wrapped or not, by their offsets
spans         the ledger of what was cut from a text, and the text that is left
markup        HTML → paragraphs and captions
daynames      the names of months and weekdays in the languages of the wire
dates         written dates and time stamps → date, datetime
relative      "on Tuesday", "yesterday", "Sept 30" → the day meant
tongues       how each language says a day; telling is what that is made of
zones         which day it is where a dateline is
sentences     where the first sentence ends
language      which language a text is in, or None
countrycodes  ISO 3166-1 alpha-3 → alpha-2
words         a word list written as one string
============  ==============================================================================
"""
