"""Running a session: the clock in the bottom bar and what a click on it opens."""
