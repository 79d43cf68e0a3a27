"""Official letters (公文) of a case: one structure, rendered to PDF and DOCX alike.

`document` is what a letter says, `layout` its measures (GB/T 9704); both are pure. `pdf` and
`docx` turn a document into bytes that are the same for the same document and packages.
"""
