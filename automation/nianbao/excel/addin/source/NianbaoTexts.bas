Attribute VB_Name = "NianbaoTexts"
Option Explicit
' What is pure text: the command line, and the messages of the hidden sheet "texts" (column A key, column B text).

Public Function QuoteArgument(ByVal s As String) As String
    ' CommandLineToArgvW: backslashes before the closing quote are doubled; a file name holds no quotes.
    Dim n As Long, tail As String
    n = Len(s)
    Do While n > 0
        If Mid(s, n, 1) <> "\" Then Exit Do
        tail = tail & "\"
        n = n - 1
    Loop
    QuoteArgument = Chr(34) & s & tail & Chr(34)
End Function

Public Function CommandTail(ByVal button As String, ByVal book As String, ByVal window As String, ByVal chosen As String) As String
    ' -E: no foreign PYTHONPATH; -P: nothing from the current folder; module and button are fixed words.
    CommandTail = "-E -P -X utf8 -m nianbao.excel " & button & " " & QuoteArgument("--wb=" & book) & " --from_xl=1 --hwnd=" & window
    If chosen <> "" Then CommandTail = CommandTail & " " & QuoteArgument("--path=" & chosen)
End Function

Public Function NianbaoText(ByVal key As String) As String
    Dim r As Long
    NianbaoText = key
    For r = 1 To 30
        If ThisWorkbook.Worksheets("texts").Cells(r, 1).Value = key Then
            NianbaoText = ThisWorkbook.Worksheets("texts").Cells(r, 2).Value
            Exit Function
        End If
    Next r
End Function
