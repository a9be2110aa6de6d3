/* A program of a name that Windows has (taskkill.exe, cmd.exe ...), put where somebody works: it only tells that it ran. */
#include <windows.h>
#include <stdio.h>

int WINAPI wWinMain(HINSTANCE self, HINSTANCE none, LPWSTR line, int show) {
    FILE *log = fopen("C:\\planted.log", "ab");
    fputs("a planted program ran\n", log);
    fclose(log);
    return 0;
}
