"""Moving with the working-day calendar: which open requests get another last day, and the move."""
