/* python.exe and pythonw.exe: nothing but a call of Py_Main in the signed python311.dll beside them, which is all that
   python.org's own two do. */
#include <windows.h>
#include <shellapi.h>

typedef int (*py_main)(int, wchar_t **);

static int run(int count, wchar_t **words) {
    HMODULE python = LoadLibraryW(L"python311.dll");
    if (!python) return 99;
    py_main start = (py_main)(void *)GetProcAddress(python, "Py_Main");
    return start ? start(count, words) : 98;
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE self, HINSTANCE none, LPWSTR line, int show) {
    int count;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    return run(count, words);
}
#else
int wmain(int count, wchar_t **words) { return run(count, words); }
#endif
