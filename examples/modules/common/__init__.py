"""What the three modules have in common: how they are served, limited and broken."""
