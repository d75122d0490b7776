"""The loops of identity that run as machine code: numbers in flat arrays, no objects. Know no story, decide nothing."""
