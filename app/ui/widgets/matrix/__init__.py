"""A map of painted cells between painted headers, and what stands beside it."""
