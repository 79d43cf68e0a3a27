"""Files as they come in and go out: kinds by content, clean names, the address of attachments."""
