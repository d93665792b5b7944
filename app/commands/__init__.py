"""What the commands do; the command table in app.cli loads these modules one at a time."""
