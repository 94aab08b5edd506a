"""What people enter in Voronka itself: accounts, sessions, one-time links, plans; later goals and notes."""

FILE = "app.db"
"""The file in the company's folder that all of it stands in."""
