"""A model service: a character-level language model and a classifier of digits, trained here."""
