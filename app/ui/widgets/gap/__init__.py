"""Pieces of the page of gaps: the tree, one gap, and the lists beside them."""
