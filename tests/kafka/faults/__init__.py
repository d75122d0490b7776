"""The faults: each a function that does harm to a running wire and gives the row of its books. Hides nothing.

``python -m tests.kafka.faults`` runs them all and writes the table.
"""
