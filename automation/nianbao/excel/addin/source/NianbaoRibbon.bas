Attribute VB_Name = "NianbaoRibbon"
Option Explicit
' The ribbon's callbacks. ASCII only: captions are in ribbon.xml, messages in this add-in's hidden sheet.

Public Sub OnCheck(control As IRibbonControl)
    Press "check", ""
End Sub

Public Sub OnMake(control As IRibbonControl)
    Press "make", ""
End Sub

Public Sub OnSheet(control As IRibbonControl)
    Press "sheet", ""
End Sub

Public Sub OnPdf(control As IRibbonControl)
    Press "pdf", ""
End Sub

Public Sub OnNew(control As IRibbonControl)
    Press "new", ""
End Sub

Public Sub OnNext(control As IRibbonControl)
    Press "next", ""
End Sub

Public Sub OnZeros(control As IRibbonControl)
    Press "zeros", ""
End Sub

Public Sub OnLastYear(control As IRibbonControl)
    If Not HasWorkbook() Then Exit Sub
    Dim chosen As String
    chosen = ChooseFile()
    If chosen <> "" Then Press "last_year", chosen
End Sub

Public Sub OnBatch(control As IRibbonControl)
    If Not HasWorkbook() Then Exit Sub
    Dim chosen As String
    chosen = ChooseFolder()
    If chosen <> "" Then Press "batch", chosen
End Sub

Public Sub OnRollup(control As IRibbonControl)
    If Not HasWorkbook() Then Exit Sub
    Dim chosen As String
    chosen = ChooseFolder()
    If chosen <> "" Then Press "rollup", chosen
End Sub

Public Sub OnHelp(control As IRibbonControl)
    Press "help", ""
End Sub

Public Sub OnAbout(control As IRibbonControl)
    Press "about", ""
End Sub

Private Sub Press(ByVal button As String, ByVal chosen As String)
    If Not HasWorkbook() Then Exit Sub
    If PressedByService(button, chosen) Then Exit Sub
    Dim code As Long
    code = StartAndWait(Interpreter(), CommandTail(button, BookName(), WindowHandle(), chosen))
    If code <> 0 And code <> 10 Then Tell NianbaoText("failed") & CStr(code)
End Sub

Private Function PressedByService(ByVal button As String, ByVal chosen As String) As Boolean
    ' Where the program's service runs and is of this version, it presses the button and nothing is started.
    Dim answer As String, said As String
    answer = AskService("excel", ClickText(button, BookName(), WindowHandle(), chosen))
    Select Case Left(answer, 3)
        Case "200", "202", "409", "422"
            PressedByService = True
        Case Else
            Exit Function
    End Select
    Do While Left(answer, 3) = "202"
        answer = AskService("state", "{" & Pair("run", Told(answer, "run")) & "}")
    Loop
    said = Told(answer, "told")
    If said = "" And Left(answer, 3) <> "200" Then said = NianbaoText("gone")
    If said <> "" Then Tell said
End Function

Private Function HasWorkbook() As Boolean
    HasWorkbook = (BookName() <> "")
    If Not HasWorkbook Then Tell NianbaoText("no_workbook")
End Function
