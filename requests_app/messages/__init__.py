"""Messages to people: a durable outbox, its texts, quiet hours, e-mail and text messages.

An action calls `outbox.queue` inside its transaction; the worker sends after the commit. A row
holds ids, codes and dates only: the address is looked up when the message is sent.
"""
