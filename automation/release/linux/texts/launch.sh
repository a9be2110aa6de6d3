#!/bin/sh
# Started by icons and menus. The folder of this version is found through all links, so that a later one changes nothing.
here=$(dirname -- "$(readlink -f -- "$0")") || exit 1
exec "$here/python/bin/python3" -I -m nianbao.excel.linux "$@"
