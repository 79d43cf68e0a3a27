"""What this room adds to the service; imported when the app is ready."""

from disclosure.core import daily
from disclosure.figures import published, refreshing, sources

sources.register(published.SOURCE)
daily.register("figures of the service", refreshing.refresh)
