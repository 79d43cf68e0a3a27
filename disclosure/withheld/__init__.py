"""What is not public: its register, the rounds that look at it again, what the public is told."""
