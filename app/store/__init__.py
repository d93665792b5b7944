"""The document file of an audit: rows, journal, lock, copies and kept bytes."""
