"""METRICS: definitions of what is measured, and the only ways to the data: `query`, `records` and `rows` of `Metrics`."""
