"""The made company: exports as a company's systems would write them, with stories whose answers are known."""
