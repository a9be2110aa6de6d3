"""Which characters of a document a person sees, and why it is not sure of others: one part for each kind of file.

`word` for .docx, `page` for web pages, `paper` for PDF, `signs` for characters by themselves. Every reader and every
proof asks here, so that what is shown is what is read, and what is shown is what is proven.
"""
