@echo off
setlocal
set "TARGET=%LOCALAPPDATA%\nianbao\python"
if not exist "%~dp0program\pythonw.exe" goto unpacked
if exist "%TARGET%" rmdir /S /Q "%TARGET%"
if exist "%TARGET%" goto busy
xcopy "%~dp0program" "%TARGET%\" /E /I /Q /Y >nul
if errorlevel 1 goto failed
chcp 65001 >nul
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin install
if errorlevel 1 goto failed
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin doctor
start "" explorer "%LOCALAPPDATA%\nianbao"
pause
exit /b 0
:unpacked
echo Please unpack the whole zip first. [1]
pause
exit /b 1
:busy
echo Please close Excel and Word, then run this again. [2]
pause
exit /b 2
:failed
echo Not installed. Please close Excel and try again, or see the README. [3]
pause
exit /b 3
