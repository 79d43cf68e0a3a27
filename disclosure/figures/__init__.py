"""The public page of figures about the service itself: how much is asked, how soon answered, what
is published. Rooms register what they count (`sources`), a daily job sums it for every agency with
those below it and keeps what may be said (`refreshing`, `hiding`); the page only reads that.
"""
