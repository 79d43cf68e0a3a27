"""Whether what the public sees has changed: a number that every process can ask for cheaply.

Each transaction that touches a table of the public's leaves one row with a random number
(`watching`); the sum of the rows is the generation (`generation`), other after every change and
visible exactly with it. When something shows or lapses by itself is asked of `moments`. Who keeps
pages keeps them for one generation, until the next such moment: `portal.page_cache`.
"""
