"""Publications (主动公开信息): lifecycle, rules, actions, public pages, staff pages, export."""
