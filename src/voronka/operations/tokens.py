"""Tokens of sessions and links: drawn at random, kept as their hash only."""

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """Return a token of 256 random bits, as text that can stand in a URL and a cookie."""
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """Return the hash under which a token is kept: whoever reads the database cannot sign in with it.

    A plain SHA-256 is enough, since a token is random and cannot be guessed as a password can.
    """
    return hashlib.sha256(token.encode()).hexdigest()
