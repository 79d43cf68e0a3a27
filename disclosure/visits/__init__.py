"""How often things are read and downloaded: no cookie, no address and no browser is kept.

Each process notes in memory what it answered (`counting`; what a page counts as: `seen`; who is
counted: `readers`), a thread adds it to the tables every few seconds (`flushing`, `background`).
Behind a cache of nginx its log is read instead (`logs`). A daily job works out what pages and
staff are told (`reading`) and folds old days into months and years (`folding`).
"""
