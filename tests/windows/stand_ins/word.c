/* Stands in for Word and Excel where a file is opened: others may read it meanwhile, neither write nor delete it. Logs
   the file's name, holds it so many seconds as the variable HOLD says. */
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>

int WINAPI wWinMain(HINSTANCE self, HINSTANCE none, LPWSTR line, int show) {
    int count;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    const wchar_t *path = count > 1 ? words[1] : L"";
    HANDLE held = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    char name[4000];
    WideCharToMultiByte(CP_UTF8, 0, path, -1, name, sizeof name, NULL, NULL);
    FILE *log = fopen("C:\\opened.log", "ab");
    fprintf(log, "%s %s\n", held == INVALID_HANDLE_VALUE ? "refused" : "opened", name);
    fclose(log);
    const char *seconds = getenv("HOLD");
    Sleep(1000 * (seconds ? atoi(seconds) : 0));
    return 0;
}
