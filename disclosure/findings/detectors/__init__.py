"""What may be wrong in a text: one table of rules (`table.RULES`), pure functions over text."""
