#!/bin/sh
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# A key's way: from a control message leaving the client to the report written to the keyboard's node, at RATE (1000) events a second.
# SECONDS_EACH (20) measured after WARM (15), STARTS (3) of each.
set -eu
. "$(dirname "$0")/common.inc"
command -v python3 >/dev/null || { echo "skipped: no python3 for the probe"; exit 0; }
at=${PORT:-18075}
seconds=${SECONDS_EACH:-20} warm=${WARM:-15} rate=${RATE:-1000} starts=${STARTS:-3}
machine
cat <<EOF
method: the whole product (HTTP, session, WebSocket, lease, hub, driver), its gadget on a pretended board whose nodes are pseudo terminals. One
process sends on the control socket and reads the nodes' other ends; time from just before the send to the read that brought the report, so the
kernel's and the probe's own way are in it. Peer: a plain Python program, JSON over TCP in, report out. "Probe queued" is how much of the time the
probe stood in line for a processor: how crowded the machine was. Medians of $starts starts, the greatest maximum of all.
EOF
: > "$work/rows"
for _ in $(seq "$starts"); do
    for kind in key pointer; do
        python3 "$here/input-probe.py" peer "$kind" "$rate" 2 "$seconds" >> "$work/rows"
        rm -rf "$work/board"
        mkdir "$work/board"
        JAVA_OPTS="-Dorg.catseye.hid.gadget.root=$work/board ${BENCH_JAVA_OPTS:-}" catseye "$at" "$work/home" --feature hid-gadget
        login
        python3 "$here/input-probe.py" product "$at" "$cookie" "$work/board" "$CATSEYE_DIST/bin/catseye-gadget" "$kind" "$rate" "$warm" "$seconds" >> "$work/rows"
        stop "$catseye"
    done
done
node "$here/input-table.mjs" < "$work/rows"
