"""Who else is asked: third parties (Art. 32), other makers and agencies (Art. 11, 17, 34), and the
agency's own offices (协办、会办).
"""
