"""Raw story → clean story. One rule family per file; every cut leaves a receipt."""
