"""The only owner of subprocess."""
