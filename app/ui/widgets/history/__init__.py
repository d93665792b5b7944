"""Pieces of the history: what was done, snapshots, and what moved between two."""
