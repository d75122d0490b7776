"""Records → what a person is shown, as data: marked copy, reasons in words, families. Lays nothing out, reads no topic.

The command line turns it into colours and tables; ``--json`` prints it as it is.
"""
