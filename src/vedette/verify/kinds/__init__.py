"""One module per kind of line in a ledger: what it says, and how it is checked."""
