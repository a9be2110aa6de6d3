"""What the system says of a file it doesn't give or take, in Chinese: its own words may be English."""

from __future__ import annotations

import errno

_BY_WINDOWS = {
    5: "没有权限，或正被别的程序占用",
    15: "没有这个盘",
    19: "这个盘只能读，不能写",
    21: "盘没有准备好",
    32: "正被别的程序占用",
    33: "正被别的程序占用",
    53: "网络盘连不上",
    59: "网络盘连不上",
    64: "网络盘断了",
    67: "网络盘连不上",
    112: "磁盘已满",
    123: "文件名或路径不合规定",
    206: "路径太长",
    225: "被杀毒软件拦截",
    1117: "磁盘读写出错",
    1231: "网络盘连不上",
    1920: "系统打不开它",
}
"""Windows' own error numbers, where they say more than the one of C they become."""

_BY_NAME = {
    "EACCES": "没有权限，或正被别的程序占用",
    "EBUSY": "正被别的程序占用",
    "EDQUOT": "磁盘空间配额已用完",
    "EEXIST": "已经存在",
    "EFBIG": "文件太大",
    "EHOSTDOWN": "网络盘连不上",
    "EHOSTUNREACH": "网络盘连不上",
    "EINVAL": "文件名或路径不合规定",
    "EIO": "磁盘读写出错",
    "EISDIR": "是文件夹，不是文件",
    "ELOOP": "链接绕成了一圈",
    "EMFILE": "打开的文件太多",
    "ENAMETOOLONG": "路径太长",
    "ENETUNREACH": "网络盘连不上",
    "ENFILE": "打开的文件太多",
    "ENODEV": "没有这个盘",
    "ENOENT": "找不到",
    "ENOSPC": "磁盘已满",
    "ENOTCONN": "网络盘断了",
    "ENOTDIR": "路径中有一段不是文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "ENXIO": "没有这个盘",
    "EPERM": "没有权限",
    "EPIPE": "接收结果的程序已经关闭",
    "EROFS": "这个盘只能读，不能写",
    "ESTALE": "网络盘断了",
    "ETIMEDOUT": "等了很久没有回应，多半是网络盘断了",
    "ETXTBSY": "正被别的程序占用",
}
"""C's error numbers by name: no system has all of them."""

_BY_NUMBER = {getattr(errno, name): told for name, told in _BY_NAME.items() if hasattr(errno, name)}


def why(e: OSError | ValueError) -> str:
    """Return why a file could not be read or written, as a part of a sentence: 磁盘已满.

    Where the error was raised by ourselves its own words are Chinese and stay. A ValueError is a path no system takes.
    """
    if not isinstance(e, OSError):
        return "文件名或路径不合规定"
    own = e.strerror or ("" if e.errno else str(e))
    if not own.isascii() and getattr(e, "winerror", None) is None:
        return own
    of_windows = getattr(e, "winerror", None) or 0
    number = of_windows or e.errno
    told = _BY_WINDOWS.get(of_windows) or _BY_NUMBER.get(e.errno or 0)
    return told or (f"系统错误 {number}" if number else "系统没有说明原因")
