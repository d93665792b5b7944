"""Scenes of app.charts on the screen."""
