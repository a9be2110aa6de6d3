@echo off
setlocal
set "TARGET=%LOCALAPPDATA%\nianbao\python"
chcp 65001 >nul
if not exist "%TARGET%\python.exe" goto gone
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin remove
if errorlevel 1 goto busy
rmdir /S /Q "%TARGET%"
if exist "%TARGET%" goto busy
:gone
echo Removed. [0]
pause
exit /b 0
:busy
echo Please close Excel, then run this again. [2]
pause
exit /b 2
