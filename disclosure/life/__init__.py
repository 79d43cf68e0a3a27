"""The life of a document once it is public: relations, versions, history, clean-up rounds."""
