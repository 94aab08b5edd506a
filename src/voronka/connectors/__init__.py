"""EXTRACT: one folder per source system; each lands what came, unchanged."""
