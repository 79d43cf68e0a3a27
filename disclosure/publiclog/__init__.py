"""The public log (信息公开日志): every publication, revision and withdrawal, chained by hash, so
that anyone can show that nothing was changed, added or taken away afterwards.
"""
