"""What is set on paper, letters and reports alike: measures, PDF/A with its fonts, Word's parts."""
