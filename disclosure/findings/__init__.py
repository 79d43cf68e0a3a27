"""Help for the reviewer (Art. 14–17): what in a text or a file should not go out as it is, each
with its place and its reason, to be mended or overruled with a note before the sign-off.

`detectors` are pure rules over plain text; `sources` says which texts a publication has; `scanning`
keeps what was found; `actions` decide on it; `policies` hold the item back.
"""
