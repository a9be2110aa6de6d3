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

Public Function ClickText(ByVal button As String, ByVal book As String, ByVal window As String, ByVal chosen As String) As String
    ' What the service is asked: JSON.
    ClickText = "{" & Pair("version", NianbaoText("version")) & ", " & Pair("button", button) & ", " & Pair("book", book) & ", " & Pair("window", window) & ", " & Pair("path", chosen) & "}"
End Function

Public Function Pair(ByVal key As String, ByVal s As String) As String
    ' A key and its text as JSON, in ASCII alone.
    Dim i As Long, code As Long, found As String
    For i = 1 To Len(s)
        code = AscW(Mid(s, i, 1)) And 65535
        If code < 32 Or code > 126 Or code = 34 Or code = 92 Then
            found = found & "\u" & Right("000" & Hex(code), 4)
        Else
            found = found & Mid(s, i, 1)
        End If
    Next i
    Pair = Chr(34) & key & Chr(34) & ": " & Chr(34) & found & Chr(34)
End Function

Public Function Told(ByVal answer As String, ByVal key As String) As String
    ' The text of a key in what the service answers or writes down; nothing where there is none.
    Dim first As Long, last As Long, mark As String
    mark = Chr(34) & key & Chr(34) & ": " & Chr(34)
    first = InStr(answer, mark)
    If first = 0 Then Exit Function
    first = first + Len(mark)
    last = InStr(first, answer, Chr(34))
    If last > first Then Told = Mid(answer, first, last - first)
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
