"""The command line: a door; it asks bootstrap for a company and prints what comes back."""
