"""Everything a person can do to an audit, as pure functions from one value to the next."""
