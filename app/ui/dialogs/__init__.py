"""Dialogs: what is taken in or handed out in one step, after a look at it."""
