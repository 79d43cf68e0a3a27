"""The case file (卷宗): its cover, the forms and receipts to sign, and all of it as one ZIP."""
