@echo off
setlocal
set "HOME_=%LOCALAPPDATA%\nianbao"
set "TARGET=%HOME_%\python"
chcp 65001 >nul
if not exist "%TARGET%\python.exe" goto gone
"%TARGET%\python.exe" -E -P -X utf8 -m nianbao addin remove
if errorlevel 1 goto busy
move "%TARGET%" "%HOME_%\python.old" >nul
if errorlevel 1 goto busy
:gone
if exist "%HOME_%\python.old" rmdir /S /Q "%HOME_%\python.old"
if exist "%HOME_%\python.old" goto busy
if exist "%HOME_%" rmdir "%HOME_%" 2>nul
if exist "%HOME_%" goto kept
echo Removed. [0]
pause
exit /b 0
:kept
echo Removed. Files of your own are still in "%HOME_%". [4]
pause
exit /b 0
:busy
echo Please close Excel, then run this again. [2]
pause
exit /b 2
