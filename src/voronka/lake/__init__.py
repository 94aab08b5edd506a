"""STORE: Delta tables, the ledger of loads, and the engine that runs SQL over them."""
