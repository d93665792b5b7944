"""Models of the walk: what is asked, in which order, and what became of it."""
