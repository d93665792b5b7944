"""Models of the session's log."""
