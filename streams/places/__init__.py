"""Clean story → mentions → countries → regions → desks; the gazetteer. No I/O after loading."""
