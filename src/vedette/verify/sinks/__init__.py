"""Real receivers of notifications, on this machine."""
