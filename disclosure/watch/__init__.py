"""Column watch (栏目监测): for each agency and category the agreed period of updating, what is
empty or stale, the front page's two weeks, and what other rooms know (dead links).
"""
