"""What the buttons of the ribbon do, whichever program has the workbook open: Excel (excel/) or WPS (posted.py, wps/).

An open workbook is a `book.Book`: what it says is read as a file is, what is to change in it is plain data.
"""
