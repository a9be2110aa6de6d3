Attribute VB_Name = "NianbaoExcel"
Option Explicit
' What only Excel on Windows can do: the open workbook, dialogs, starting the program. Tests put a stub in its place.

Public Function BookName() As String
    If Not ActiveWorkbook Is Nothing Then BookName = ActiveWorkbook.Name
End Function

Public Function WindowHandle() As String
    WindowHandle = CStr(Application.Hwnd)
End Function

Public Function Interpreter() As String
    Interpreter = CreateObject("WScript.Shell").ExpandEnvironmentStrings(NianbaoText("interpreter"))
End Function

Public Function StartAndWait(ByVal exe As String, ByVal tail As String) As Long
    ' Starts the program itself, not cmd.exe; Excel waits and shows its progress in the status bar. pythonw.exe has no
    ' window to hide; 1 and not 0, since a program started hidden may show its first message box hidden too.
    StartAndWait = 10
    If CreateObject("Scripting.FileSystemObject").FileExists(exe) = False Then
        Tell NianbaoText("no_program") & exe
        Exit Function
    End If
    On Error GoTo blocked
    Application.StatusBar = NianbaoText("starting")
    StartAndWait = CreateObject("WScript.Shell").Run(QuoteArgument(exe) & " " & tail, 1, True)
    Application.StatusBar = False
    Exit Function
blocked:
    Dim why As String
    why = Err.Description
    Application.StatusBar = False
    Tell NianbaoText("blocked") & why
End Function

Public Function AskService(ByVal what As String, ByVal body As String) As String
    ' Status and text of the answer of the program's service on this machine; nothing where none answers. While it is
    ' waited for, Excel answers others, the service among them. Where it is, and the key, is in the user's own file.
    Dim written As String, url As String, http As Object
    On Error GoTo silent
    written = CreateObject("WScript.Shell").ExpandEnvironmentStrings(NianbaoText("service"))
    written = CreateObject("Scripting.FileSystemObject").OpenTextFile(written, 1).ReadAll
    url = Told(written, "url")
    If Left(url, 17) <> "http://127.0.0.1:" Or InStr(url, "@") > 0 Then Exit Function
    Set http = CreateObject("MSXML2.ServerXMLHTTP.6.0")
    http.setProxy 1
    http.setTimeouts 500, 500, 2000, 10000
    http.Open "POST", url & "addin/" & what, True
    http.setRequestHeader "Authorization", "Bearer " & Told(written, "key")
    http.setRequestHeader "Content-Type", "application/json"
    http.Send body
    Do While http.readyState <> 4
        DoEvents
    Loop
    AskService = CStr(http.Status) & " " & http.responseText
silent:
End Function

Public Function ChooseFile() As String
    With Application.FileDialog(3)
        .Title = NianbaoText("choose_file")
        .AllowMultiSelect = False
        If .Show = -1 Then ChooseFile = .SelectedItems(1)
    End With
End Function

Public Function ChooseFolder() As String
    With Application.FileDialog(4)
        .Title = NianbaoText("choose_folder")
        If .Show = -1 Then ChooseFolder = .SelectedItems(1)
    End With
End Function

Public Sub Tell(ByVal text As String)
    Application.StatusBar = False
    MsgBox text, vbExclamation, NianbaoText("title")
End Sub
