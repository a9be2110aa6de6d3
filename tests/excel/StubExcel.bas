Attribute VB_Name = "NianbaoExcel"
Option Explicit
' Stands in for NianbaoExcel where there is no Excel: fixed answers, and what would be started goes into the sheet.

Public Function BookName() As String
    BookName = ThisWorkbook.Worksheets("texts").Cells(28, 2).Value
End Function

Public Function WindowHandle() As String
    WindowHandle = "4711"
End Function

Public Function Interpreter() As String
    Interpreter = NianbaoText("interpreter")
End Function

Public Function StartAndWait(ByVal exe As String, ByVal tail As String) As Long
    ThisWorkbook.Worksheets("texts").Cells(29, 2).Value = QuoteArgument(exe) & " " & tail
    StartAndWait = 0
End Function

Public Function AskService(ByVal what As String, ByVal body As String) As String
    ' Answers are in column B from row 32 on; what was asked goes beside them.
    Dim n As Long
    n = ThisWorkbook.Worksheets("texts").Cells(31, 2).Value + 1
    ThisWorkbook.Worksheets("texts").Cells(31, 2).Value = n
    ThisWorkbook.Worksheets("texts").Cells(31 + n, 3).Value = what & " " & body
    AskService = ThisWorkbook.Worksheets("texts").Cells(31 + n, 2).Value
End Function

Public Function ChooseFile() As String
    ChooseFile = "D:\last & year\a.xlsx"
End Function

Public Function ChooseFolder() As String
    ChooseFolder = "D:\all bodies\"
End Function

Public Sub Tell(ByVal text As String)
    ThisWorkbook.Worksheets("texts").Cells(29, 2).Value = "told: " & text
End Sub
