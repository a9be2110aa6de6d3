#!/bin/sh
# Removes every version, icons and menus of this user; files of the user's own are left.
set -u
chars=$(locale charmap 2>/dev/null) || chars=
say() {
    case $chars in
    GB* | EUC-CN) printf '%s\n' "$1" | iconv -f UTF-8 -t "$chars" 2>/dev/null || printf '%s\n' "$1" ;;
    *) printf '%s\n' "$1" ;;
    esac
}
finish() {
    if [ -t 0 ] && [ -t 1 ] && [ "${NIANBAO_QUIET-}" = "" ]; then
        say '按回车键关闭。'
        read -r _ || :
    fi
    exit "$1"
}
case ${XDG_DATA_HOME-} in
/*) base=$XDG_DATA_HOME/nianbao ;;
*) base=${HOME-}/.local/share/nianbao ;;
esac
python=$base/current/python/bin/python3
if [ ! -x "$python" ]; then
    say '没有安装过。'
    finish 0
fi
cd / || exit 1
"$python" -I -m nianbao addin remove --wps
"$python" -I -m nianbao.excel.linux.versions remove
finish $?
