"""What brings copy in: files, folders, JSONL, the sample wire. Never alters a byte."""
