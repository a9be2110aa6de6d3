#!/bin/sh
# Installs for this user alone: no root, no network. The new version is complete and has run before it takes over.
set -u
VERSION='@VERSION@' MACHINE='@MACHINE@' GLIBC='@GLIBC@' SIZE='@SIZE@'
chars=$(locale charmap 2>/dev/null) || chars=
new=

say() { # a text of this script, in the letters of the terminal
    case $chars in
    GB* | EUC-CN) printf '%s\n' "$1" | iconv -f UTF-8 -t "$chars" 2>/dev/null || printf '%s\n' "$1" ;;
    *) printf '%s\n' "$1" ;;
    esac
}
window() { # the same in a window, where no terminal shows it
    [ -t 1 ] && return
    [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ] || return
    if command -v zenity >/dev/null 2>&1; then
        zenity --info --no-markup --width=480 --title='信息公开年报' --text="$1" >/dev/null 2>&1
    elif command -v kdialog >/dev/null 2>&1; then
        kdialog --title '信息公开年报' --msgbox "$1" >/dev/null 2>&1
    fi
}
finish() {
    [ -n "$new" ] && rm -rf -- "$new"
    if [ -t 0 ] && [ -t 1 ] && [ "${NIANBAO_QUIET-}" = "" ]; then
        say '按回车键关闭。'
        read -r _ || :
    fi
    exit "$1"
}
refuse() {
    say "$2" >&2
    window "$2"
    finish "$1"
}
trap 'refuse 3 "没有装成：安装被中断了。原来装的还在。"' HUP INT TERM

here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P) || here=
[ -n "$here" ] && [ -f "$here/program/python/bin/python3" ] && [ -f "$here/SHA256.txt" ] ||
    refuse 1 '请先把整个压缩包解开，再运行里面的 install.sh。'
[ "${SUDO_USER-}" = "" ] ||
    refuse 2 '请不要用 sudo：直接以平时登录的用户运行 install.sh，不需要管理员权限。'

found=$(uname -m)
case $found in
"$MACHINE") ;;
loongarch64 | loong64)
    refuse 2 "这个安装包是 $MACHINE 的，这台电脑是龙芯（$found）：所用的组件还没有龙芯版，见 使用说明.txt。" ;;
*)
    refuse 2 "这个安装包是 $MACHINE 的，这台电脑是 $found，不能安装；请下载 linux-$found 的安装包。" ;;
esac
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || libc=
case $libc in
glibc\ *)
    if ! printf '%s %s\n' "${libc#glibc }" "$GLIBC" | awk '{
        split($1, a, "."); split($2, b, "."); exit !(a[1] + 0 > b[1] + 0 || (a[1] + 0 == b[1] + 0 && a[2] + 0 >= b[2] + 0))
    }'; then
        refuse 2 "这台电脑的系统太旧：glibc 是 ${libc#glibc }，要 $GLIBC 以上（统信 UOS V20、麒麟 V10 SP1 及以后的系统都可以）。"
    fi ;;
esac
if command -v sha256sum >/dev/null 2>&1; then
    (cd -- "$here" && sha256sum -c SHA256.txt >/dev/null 2>&1) ||
        refuse 1 '安装包里的文件不完整，或者被改动过。请重新下载、重新解开，再安装。'
fi

case ${XDG_DATA_HOME-} in
/*) base=$XDG_DATA_HOME/nianbao ;;
*)
    [ -n "${HOME-}" ] && [ -d "$HOME" ] || refuse 3 '没有装成：没有找到这个用户的主文件夹（HOME）。'
    base=$HOME/.local/share/nianbao ;;
esac
mkdir -p -- "$base" 2>/dev/null && [ -w "$base" ] || {
    printf '%s\n' "$base" >&2
    refuse 3 '没有装成：上面这个文件夹不能写入。请检查权限，或者请管理员看一看。'
}
for left in "$base"/.new.*; do # of an installation that was killed
    [ -d "$left" ] && ! kill -0 "${left##*.}" 2>/dev/null && rm -rf -- "$left"
done
free=$(df -Pk -- "$base" 2>/dev/null | awk 'END { print $4 }')
case $free in
'' | *[!0-9]*) ;;
*)
    [ "$free" -ge "$SIZE" ] ||
        refuse 3 "没有装成：磁盘空间不够，要 $((SIZE / 1024)) MB，只剩 $((free / 1024)) MB。请清理磁盘后再试。原来装的还在。" ;;
esac

new=$base/.new.$$
cp -RP -- "$here/program" "$new" 2>/dev/null ||
    refuse 3 '没有装成：文件没有写完，多半是磁盘满了，或者超过了给您的限额。请清理磁盘后再试。原来装的还在。'
cd / || refuse 3 '没有装成。'
"$new/python/bin/python3" -I -c 'import lxml.etree, pypdfium2, rapidfuzz, css_inline, nianbao' >/dev/null 2>&1 ||
    refuse 3 '没有装成：程序在这台电脑上不能运行。可能是主文件夹所在的磁盘不许运行程序，或者安全软件拦截了；请联系管理员。原来装的还在。'
name=$VERSION number=1
while [ -e "$base/$name" ]; do
    number=$((number + 1)) name=$VERSION-$number
done
mv -- "$new" "$base/$name" 2>/dev/null || refuse 3 '没有装成：换上新版本时出错。原来装的还在。'
new=$base/$name
if "$new/python/bin/python3" -I -m nianbao.excel.linux.versions install; then
    "$new/python/bin/python3" -I -m nianbao addin install --wps || : # without a WPS it says so
    new=
    window "$VERSION 版已经装好。点桌面上或者开始菜单里的“年报台”就能用。"
    finish 0
fi
refuse 3 '没有装成，原因见上。原来装的还在。'
