"""The demonstration: the whole wire on one machine with a sample day of copy. Simulates nothing; keeps nothing."""
