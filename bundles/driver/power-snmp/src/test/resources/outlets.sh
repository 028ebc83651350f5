#!/bin/sh
# The outlets of a PDU for snmpd's directive "pass_persist", as in snmpd.conf(5). The state of each outlet is in a file beside this script.
# APC: command 1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.N, state 1.3.6.1.4.1.318.1.1.12.3.5.1.1.4.N (1 on, 2 off, 3 reboot).
# Another maker: command 1.3.6.1.4.1.99999.1.N (10 on, 20 off), state 1.3.6.1.4.1.99999.2.N (5 on, 6 off).
cd "$(dirname "$0")" || exit 1

print_value() {
    state=$(cat "outlet${1##*.}" 2>/dev/null) || { echo NONE; return; }
    case $1 in
        .1.3.6.1.4.1.318.1.1.12.3.[35].1.1.4.*) [ "$state" = on ] && value=1 || value=2 ;;
        .1.3.6.1.4.1.99999.[12].*) [ "$state" = on ] && value=5 || value=6 ;;
        *) echo NONE; return ;;
    esac
    printf '%s\ninteger\n%s\n' "$1" "$value"
}

set_value() {
    echo "$1 $2" >>commands
    case $1:$2 in
        .1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.*:[13] | .1.3.6.1.4.1.99999.1.*:10) echo on >"outlet${1##*.}"; echo DONE ;;
        .1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.*:2 | .1.3.6.1.4.1.99999.1.*:20) echo off >"outlet${1##*.}"; echo DONE ;;
        .1.3.6.1.4.1.318.1.1.12.3.5.*) echo not-writable ;;
        *) echo wrong-value ;;
    esac
}

while read -r request; do
    case $request in
        PING) echo PONG ;;
        get) read -r oid; print_value "$oid" ;;
        getnext) read -r oid; echo NONE ;;
        set) read -r oid; read -r _ value; set_value "$oid" "$value" ;;
        *) exit 0 ;;
    esac
done
