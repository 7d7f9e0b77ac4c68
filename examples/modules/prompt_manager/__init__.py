"""Keeps prompts, renders them and has them answered."""
