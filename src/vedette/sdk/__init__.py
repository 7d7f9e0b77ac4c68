"""Live instruments inside a user's process: small, quick, and never in the way."""
