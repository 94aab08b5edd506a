"""TRANSFORM: a stream's mapping becomes a staging SELECT; the core tables are built from plain SQL files."""
