"""METRICS: definitions of what is measured, and the only two ways to the data: `Metrics.query` and `Metrics.rows`."""
