"""METRICS: definitions of what is measured, and the only ways to data: figures, the records behind them, rows."""
