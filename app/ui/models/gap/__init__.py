"""Models of gaps: the tree, their words and what they can be filtered by."""
