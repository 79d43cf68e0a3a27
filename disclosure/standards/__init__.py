"""Standard catalogues of the grass roots (基层政务公开标准目录): what is to be disclosed in each
of the 26 areas, as the customary table, joined to what is really published.
"""
