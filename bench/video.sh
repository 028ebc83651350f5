#!/bin/bash
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# Pictures passed on: Catseye and Debian's uStreamer on the same emulated capture stick, side by side in one run.
# STARTS (3) starts of each, SECONDS_EACH (4) measured of WARM (25) warmed, VIEWERS ("0 1 4 16 64"), SIZES ("1280x720 1920x1080"),
# TLS_STARTS (1) starts of Catseye with TLS per size. BASE_DIST: the distribution of an earlier build, to be measured too, as "base". The record in
# docs/benchmarks.md is of STARTS=10.
set -eu
. "$(dirname "$0")/common.inc"
rig=$(rig) || { echo "skipped: no rig (CATSEYE_RIG or ../shared/rig) with emulated capture devices"; exit 0; }
starts=${STARTS:-3} seconds=${SECONDS_EACH:-4} warm=${WARM:-25} counts=${VIEWERS:-0 1 4 16 64} slow=400000

machine
cat <<TEXT
method: v4l2cam (30 fps) -> server -> loopback. Latency: from the stamp in the JPEG (V4L2 capture time) to the read that completed it. CPU: of the
server's process, per 1,000 frames of the source. $starts starts of each, alternating; each passes through all numbers of viewers, $seconds s
of each, after a warm-up of $warm s with one viewer and as long over the WebSocket (uStreamer: 2 s); medians of the starts. Ratios are Catseye / uStreamer.
"ws": the video WebSocket, an ack a frame; "wss", "https": TLS, the probe deciphers in the same machine, so that its p50 holds the probe's work.
"4 + stuck": four viewers measured beside one that never reads. "slow": one viewer that reads $((slow / 1000)) KB/s, and how old its pictures are.
TEXT

# The rig's larger frames are 160 KB; what sticks deliver of a busy screen is more.
frames() {
    [ -d "$work/frames" ] || { mkdir "$work/frames"; Q1080=4 N1080=6 "$rig/common/make-frames.sh" "$work/frames" 30 >"$work/frames.log" 2>&1; }
    find "$work/frames/$1" -name '*.jpg' -printf '%s\n' | awk -v size="$1" '{t += $1} END {printf "frames: %s, %d KB each on average\n", size, t / NR / 1000}'
}

# row NAME SIZE VIEWERS JSON
row() { printf '{"server":"%s","size":"%s","viewers":"%s","run":%s}\n' "$1" "$2" "$3" "$4" >> "$work/rows"; }

# mjpeg NAME SIZE VIEWERS PID URL [OPTIONS]: a row by the rig's probe, or with nobody watching
mjpeg() {
    local name=$1 size=$2 viewers=$3 pid=$4 url=$5; shift 5
    if [ "$viewers" = 0 ]; then row "$name" "$size" 0 "$(node "$here/idle-probe.mjs" "$pid" 2 "$seconds")"; return; fi
    "$rig/mjpeg-probe/mjpeg-probe" -n "$viewers" -t "$seconds" -w 1 -p "$pid" -j "$work/j" "$@" "$url" > "$work/probe.log" 2>&1 \
        || { cat "$work/probe.log" >&2; return 1; }
    row "$name" "$size" "${label:-$viewers}" "$(cat "$work/j")"
}

# stuck HOST_PORT PATH [HEADER]: somebody asks for the pictures and never reads, until file descriptor 9 is closed
stuck() {
    exec 9<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n%s\r\n' "$2" "$1" "${3:+$3$'\r\n'}" >&9
}

# beside_stuck NAME SIZE PID PORT PATH [HEADER]
beside_stuck() {
    stuck "$4" "$5" "${6:-}"
    label="4 + stuck" mjpeg "$1" "$2" 4 "$3" "http://127.0.0.1:$4$5" ${6:+-H "$6"}
    exec 9<&- 9>&-
}

ustreamer_round() { # NAME SIZE OPTIONS...
    local name=$1 size=$2 us viewers; shift 2
    "$rig/v4l2shim/with-shim" ustreamer -d /dev/video0 --format=MJPEG --encoder=HW --resolution="$size" --desired-fps=30 \
        --host 127.0.0.1 --port 18072 "$@" > "$work/us.log" 2>&1 &
    us=$!
    started="$started $us"
    sleep "2.$((RANDOM % 10))"
    for viewers in $counts; do mjpeg "$name" "$size" "$viewers" "$us" http://127.0.0.1:18072/stream; done
    beside_stuck "$name" "$size" "$us" 18072 /stream
    stop "$us"
}

# stream NAME SIZE VIEWERS KIND PORT SECURE [BYTES_PER_SECOND] [WARM]: a row by the probe that knows WebSockets, TLS and patience
stream() {
    row "$1" "$2" "${label:-$3}" "$(node "$here/stream-probe.mjs" "{\"kind\":\"$4\",\"port\":$5,\"secure\":$6,\"viewers\":$3,\"pid\":$catseye,
        \"cookie\":\"$cookie\",\"bytesPerSecond\":${7:-0},\"warm\":${8:-1},\"seconds\":$seconds}")"
}

catseye_round() { # NAME SIZE DIST
    local name=$1 size=$2 viewers path=/api/v1/targets/default/video.mjpeg
    mkdir -p "$work/home-$name/config"
    cp "$work"/home/config/*.cfg "$work/home-$name/config"
    CATSEYE_DIST=$3 wrapper="$rig/v4l2shim/with-shim" catseye 18071 "$work/home-$name" --feature ms2109
    login
    "$rig/mjpeg-probe/mjpeg-probe" -n 1 -t 1 -w "$warm" -H "Cookie: $cookie" "http://127.0.0.1:18071$path" > "$work/probe.log" 2>&1
    stream warm-up "$size" 4 ws 18071 false 0 "$warm"
    for viewers in $counts; do
        mjpeg "$name" "$size" "$viewers" "$catseye" "http://127.0.0.1:18071$path" -H "Cookie: $cookie"
        [ "$viewers" = 0 ] || stream "$name ws" "$size" "$viewers" ws 18071 false
    done
    beside_stuck "$name" "$size" "$catseye" 18071 "$path" "Cookie: $cookie"
    label=slow stream "$name" "$size" 1 mjpeg 18071 false "$slow" 4
    label=slow stream "$name ws" "$size" 1 ws 18071 false "$slow" 4
    stop "$catseye"
}

tls_round() { # SIZE
    local size=$1 viewers
    wrapper="$rig/v4l2shim/with-shim" catseye 18071 "$work/home" --feature ms2109 --https-port 18073
    login
    stream warm-up "$size" 4 mjpeg 18073 true 0 "$warm"
    stream warm-up "$size" 4 ws 18073 true 0 "$warm"
    for viewers in $counts; do
        [ "$viewers" = 0 ] && continue
        stream "catseye https" "$size" "$viewers" mjpeg 18073 true
        stream "catseye wss" "$size" "$viewers" ws 18073 true
    done
    stop "$catseye"
}

for size in ${SIZES:-1280x720 1920x1080}; do
    frames "$size"
    camera "$size" "$work/frames"
    for _ in $(seq "$starts"); do
        ustreamer_round ustreamer "$size"
        ustreamer_round "ustreamer nodelay" "$size" --tcp-nodelay
        [ -z "${BASE_DIST:-}" ] || catseye_round base "$size" "$BASE_DIST"
        catseye_round catseye "$size" "$CATSEYE_DIST"
    done
    for _ in $(seq "${TLS_STARTS:-1}"); do tls_round "$size"; done
    stop "$camera"
done
grep -v '"warm-up"' "$work/rows" | node "$here/table.mjs"
