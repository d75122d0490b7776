"""The benchmark: microseconds per story of each stage, and the wire end to end. Measures; judges only by ratio."""
