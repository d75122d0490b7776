"""schemas/asyncapi.yaml from the topic catalogue; the JSON Schemas themselves are written by hand."""
