#!/bin/bash
# shellcheck disable=SC1091,SC2086,SC2154 # what it uses is set in common.inc; options are lists of words
# Pictures passed on: Catseye and Debian's uStreamer on the same emulated capture stick, side by side in one run.
# STARTS (3) starts of each per row, SECONDS_EACH (8) measured, VIEWERS ("0 1 4 16"), SIZES ("1280x720"), NODELAY=1 adds uStreamer
# with --tcp-nodelay, SOCKET=1 adds Catseye's video WebSocket with acks, STUCK=1 adds a row with one stuck viewer.
set -eu
. "$(dirname "$0")/common.inc"
rig=$(rig) || { echo "skipped: no rig (CATSEYE_RIG or ../shared/rig) with emulated capture devices"; exit 0; }
starts=${STARTS:-3} seconds=${SECONDS_EACH:-8} warm=${WARM:-9}
export V4L2SHIM_ROOT="$work/shim"
mkdir -p "$V4L2SHIM_ROOT"
"$rig/v4l2shim/v4l2cam" -r "$V4L2SHIM_ROOT" "$rig/frames" 2>"$work/cam.log" &
started="$started $!"
sleep 0.5

machine
cat <<EOF
method: v4l2cam (30 fps) -> server -> loopback. Latency: stamp in the JPEG (V4L2 capture time) to the read that completed it. CPU: of the
server's process, per 1,000 frames of the source. $starts starts of each, alternating; $seconds s measured after $warm s (uStreamer: 2 s); medians
of the starts. Ratios are Catseye / uStreamer.
EOF

# probe PID PORT PATH VIEWERS WARMUP [OPTIONS]: one JSON line
probe() {
    local pid=$1 url="http://127.0.0.1:$2$3" viewers=$4 wait=$5; shift 5
    if [ "$viewers" = 0 ]; then node "$here/idle-probe.mjs" "$pid" "$wait" "$seconds"; return; fi
    "$rig/mjpeg-probe/mjpeg-probe" -n "$viewers" -t "$seconds" -w "$wait" -p "$pid" -j "$work/j" "$@" "$url" > "$work/probe.log" 2>&1 \
        || { cat "$work/probe.log" >&2; return 1; }
    cat "$work/j"
}

# row NAME SIZE VIEWERS JSON
row() { printf '{"server":"%s","size":"%s","viewers":%s,"run":%s}\n' "$1" "$2" "$3" "$4" >> "$work/rows"; }

ustreamer_once() { # NAME SIZE VIEWERS OPTIONS...
    local name=$1 size=$2 viewers=$3; shift 3
    "$rig/v4l2shim/with-shim" ustreamer -d /dev/video0 --format=MJPEG --encoder=HW --resolution="$size" --desired-fps=30 \
        --host 127.0.0.1 --port 18072 "$@" > "$work/us.log" 2>&1 &
    local us=$!
    started="$started $us"
    sleep "1.$((RANDOM % 10))"
    row "$name" "$size" "$viewers" "$(probe "$us" 18072 /stream "$viewers" 2 ${stuck:-})"
    stop "$us"
}

catseye_once() { # NAME SIZE VIEWERS
    local name=$1 size=$2 viewers=$3
    mkdir -p "$work/home/config"
    printf 'width = %s\nheight = %s\nframesPerSecond = 30\n' "${size%x*}" "${size#*x}" > "$work/home/config/org.catseye.capture.v4l2~bench.cfg"
    wrapper="$rig/v4l2shim/with-shim" catseye 18071 "$work/home" --feature ms2109
    login
    if [ "$name" = "catseye ws" ]; then
        row "$name" "$size" "$viewers" "$(node "$here/socket-probe.mjs" 18071 "$cookie" "$viewers" "$warm" "$seconds" "$catseye")"
    else
        row "$name" "$size" "$viewers" "$(probe "$catseye" 18071 /api/v1/targets/default/video.mjpeg "$viewers" "$warm" -H "Cookie: $cookie" ${stuck:-})"
    fi
    stop "$catseye"
}

for size in ${SIZES:-1280x720}; do
    for viewers in ${VIEWERS:-0 1 4 16}; do
        for _ in $(seq "$starts"); do
            ustreamer_once ustreamer "$size" "$viewers"
            [ -z "${NODELAY:-}" ] || ustreamer_once "ustreamer nodelay" "$size" "$viewers" --tcp-nodelay
            catseye_once catseye "$size" "$viewers"
            [ -z "${SOCKET:-}" ] || [ "$viewers" = 0 ] || catseye_once "catseye ws" "$size" "$viewers"
        done
    done
    if [ -n "${STUCK:-}" ]; then
        stuck="-S 1"
        for _ in $(seq "$starts"); do
            ustreamer_once "ustreamer +slow" "$size" 4
            catseye_once "catseye +slow" "$size" 4
        done
        stuck=
    fi
done
node "$here/table.mjs" < "$work/rows"
