"""One thin Faust agent per file: decode, call, count, send, acknowledge. Decides nothing about news."""
