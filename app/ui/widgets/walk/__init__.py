"""Pieces of the walk: the flow, the question, the vote, the strips and tables."""
