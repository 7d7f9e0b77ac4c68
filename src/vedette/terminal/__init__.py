"""How commands speak: text for people, JSON for programs, progress on standard error."""
