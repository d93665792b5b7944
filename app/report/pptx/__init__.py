"""The report as five slides with native charts."""
