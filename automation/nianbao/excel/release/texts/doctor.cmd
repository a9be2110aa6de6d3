@echo off
chcp 65001 >nul
"%LOCALAPPDATA%\nianbao\python\python.exe" -E -P -X utf8 -m nianbao addin doctor
pause
