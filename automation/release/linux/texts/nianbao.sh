#!/bin/sh
# The command nianbao.
here=$(dirname -- "$(readlink -f -- "$0")") || exit 1
exec "$here/python/bin/python3" -I -m nianbao "$@"
