"""Newswire Streams: raw agency copy in; each story once, clean, newest, located, out. The map; runs nothing.

=============  ==================================================================================
errors         the exception tree and the closed set of rejection reasons
text           str → value: decoding, spans, tokens, dates. Knows no news, no Kafka
formats        bytes → raw stories: one file per wire format, one registry that detects
copydesk       raw story → clean story: one rule family per file, every cut on the receipt
places         clean story → mentions → countries → regions → desks
identity       normalised stories → family, relation, version, changes
showing        records → what a person is shown, as data: marked copy, reasons in words, families
contracts      the record types, topics and headers as data; the only user of orjson
pipeline       the composition: one pure function per agent, and ``newswire process``
metrics        every metric, declared once
config         frozen settings from the environment
agents         one thin Faust agent per file
runtime        the Faust app, tables, delivery, dead letters, health, topics, embedded broker
feeds          what brings copy in, and what reads topics to their end
desk           the live page: what the topics say, in a browser
demo           the whole wire on one machine, with a sample day of copy, and its books
bench          how long each part takes, and the wire beside what one would assemble instead
loading        settings → what the pure stages are given
commands       one file per command: options and printing, the work is elsewhere
cli, worker    the edges
=============  ==================================================================================

Imports point one way: cli → commands → worker → demo, bench, desk → feeds → runtime → agents → metrics, loading →
pipeline → identity, places, copydesk, formats, showing → config → contracts, text → errors.
"""

__version__ = "0.1.0"
