@echo off
setlocal
set "HOME_=%LOCALAPPDATA%\nianbao"
set "TARGET=%HOME_%\python"
set "NEW=%HOME_%\python.new"
set "OLD=%HOME_%\python.old"
if not exist "%~dp0program\pythonw.exe" goto unpacked
rem Where there is no WPS, or its list of add-ins is broken, "install --wps" says so, and all else is installed.
rem The new copy is complete before the old one is touched; the old one is moved whole, or not at all.
if not exist "%TARGET%" if exist "%OLD%" move "%OLD%" "%TARGET%" >nul
if exist "%NEW%" rmdir /S /Q "%NEW%"
if exist "%OLD%" rmdir /S /Q "%OLD%"
if exist "%NEW%" goto busy
if exist "%OLD%" goto busy
xcopy "%~dp0program" "%NEW%\" /E /I /Q /Y >nul
if errorlevel 1 goto failed
if not exist "%TARGET%" goto place
if exist "%TARGET%\python.exe" "%TARGET%\python.exe" -E -P -X utf8 -m nianbao serve --end >nul 2>nul
move "%TARGET%" "%OLD%" >nul
if errorlevel 1 goto busy
:place
move "%NEW%" "%TARGET%" >nul
if errorlevel 1 goto back
chcp 65001 >nul
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin install
if errorlevel 1 goto back
if exist "%OLD%" rmdir /S /Q "%OLD%"
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin install --wps
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin doctor
start "" explorer "%HOME_%"
pause
exit /b 0
:unpacked
echo Please unpack the whole zip first. [1]
pause
exit /b 1
:busy
if exist "%NEW%" rmdir /S /Q "%NEW%"
echo Please close Excel and Word, then run this again. [2]
pause
exit /b 2
:back
if not exist "%OLD%" goto failed
if exist "%TARGET%" rmdir /S /Q "%TARGET%"
move "%OLD%" "%TARGET%" >nul
:failed
if exist "%NEW%" rmdir /S /Q "%NEW%"
echo Not installed. Please close Excel and try again, or see the README. [3]
pause
exit /b 3
