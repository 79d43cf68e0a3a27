"""Site map, privacy, accessibility, the display preference."""
