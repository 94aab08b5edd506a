"""The door for browsers: a JSON API over a company's figures, and the pages that ask it."""
