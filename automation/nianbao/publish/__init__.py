"""What leaves the office beside the Word report: web page, figures for machines, PDF, picture.

Below the pipeline, which decides whether anything may be made; above the document and the readers, which it may use.
"""
