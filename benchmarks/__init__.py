"""Measures imports, builds and queries on a made company of ten million activities."""
