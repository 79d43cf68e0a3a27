"""Public pages as they were last rendered, for readers who are nobody in particular.

`wsgi` stands before Django: it knows by `keys` what is asked and whether a kept page may answer,
looks into `store`, and has `answers` send what is there. What is not, Django renders once
(`flights`), and `answers` decides whether it may be kept; `views` lists of which addresses. A page
is kept for one generation of `disclosure.freshness`: `tables` says what makes a new one.
"""
