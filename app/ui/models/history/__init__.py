"""Models of the history: what moved between two moments."""
