"""Answers that a sum cannot give; their rows come from `Metrics.rows` only, so scope holds for them as for figures."""
