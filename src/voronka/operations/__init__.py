"""What people enter in Voronka itself: accounts, sessions and one-time links; later plans, goals and notes."""
