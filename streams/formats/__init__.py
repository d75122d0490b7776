"""bytes → raw stories. One file per wire format, one registry that detects; cleans nothing."""
