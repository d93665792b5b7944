"""Minutes of sessions, from the record alone."""
