"""The words of the trade: errors, periods, scope, the shape of the core model. No SQL; nothing is read or written."""
