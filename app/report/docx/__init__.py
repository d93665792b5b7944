"""The report as a document people go on writing in."""
