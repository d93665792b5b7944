"""Pieces of the screen: its table, its lanes and its clock."""
