"""The record types, topics and headers as data; the only user of orjson. Decides nothing."""
