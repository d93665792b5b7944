"""Annexes of the report, one module each."""
