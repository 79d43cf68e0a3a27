"""Where else an item appeared (公开渠道和载体, Art. 23–25): gazette, newspaper, service hall,
archive, library, lobby screen …, each with its day and its proof.
"""
