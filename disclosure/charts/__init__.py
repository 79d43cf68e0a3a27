"""Charts as data, drawn on the server as SVG, each with its table. Pure.

Of our own, because the libraries for it do not fit the site's content security policy or its
readers: pygal writes scripts and styles into the drawing, leather fixes its sizes in pixels and
names nothing for a screen reader. Here extents are percentages and type is in `em`, so a drawing
keeps its letters' size at 320 pixels, in large print and on paper; looks come by class from
`static/portal/charts.css`.

`making` builds a `Chart` (with the sentence that it says), `components/chart.html` shows it.
"""
