"""The words of the trade: errors, periods, scope, the shape of the core model. No SQL runs here and nothing is read or written."""
