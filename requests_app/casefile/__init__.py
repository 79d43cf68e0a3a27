"""The case file (卷宗): its cover, the receipt to sign of each letter, and all of it as one ZIP."""
