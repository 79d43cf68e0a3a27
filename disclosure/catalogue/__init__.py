"""Categories (主题分类), index numbers, and each agency's guide (指南) and rules (制度)."""
