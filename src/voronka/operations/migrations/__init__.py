"""The steps by which app.db came to its present form; applied when it is opened."""

HEAD = "0012"
"""The newest step; a file that stands at it is opened without loading the migration tool."""
