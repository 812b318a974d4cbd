#!/bin/sh
# Usage: load_json_each.sh FILE DATABASE
set -eu
command -v sqlite3 > /dev/null || exit 77
exec sqlite3 -bail "$2" ".parameter init" ".parameter set :file \"'$1'\"" ".read $(dirname "$0")/load_json_each.sql"
