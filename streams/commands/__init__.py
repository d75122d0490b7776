"""One module per command of the command line; each exports `command`. Work is delegated, never done here."""
