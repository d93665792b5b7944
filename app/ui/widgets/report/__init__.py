"""Pieces of the report page: what is chosen, its pages, and what is left to mend."""
