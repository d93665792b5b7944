"""Pieces of the roadmap: the plan, the decisions and the outlook."""
