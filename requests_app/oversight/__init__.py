"""The superior agency's view: figures without a person in them, and who looked at whose data."""
