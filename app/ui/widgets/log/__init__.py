"""Registers of the session's log."""
