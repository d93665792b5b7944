"""Pieces of the risk page: states, estimates, causes and what closing gaps would change."""
