"""A small Excel of COM objects in pure Python, for real COM between processes; its workbooks are openpyxl's.

Its windows have the classes of Excel's (XLMAIN, XLDESK, EXCEL7) and answer WM_GETOBJECT(OBJID_NATIVEOM) with an
IDispatch, by which xlwings finds the Excel of a window without any registration. It has what the program asks for,
and refuses the rest as Excel refuses an unknown member.
"""
