#!/bin/bash
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# A picture over a slow line: Catseye's qualities, uStreamer's MJPEG, and H.264 by WebRTC (Janus), each at the same emulated capture stick and
# in the same Chromium, at the other end of the line. SERVERS names those to measure, SECONDS_EACH (20) of the moving clip.
# TCP's congestion control is cubic, which is Linux's default, or BBR with a name that ends in -bbr.
# RATE (1000 kbit/s), DELAY (100 ms one way), LOSS (0 %); TEXT_RATE (500 kbit/s). BASE_DIST: the distribution of an earlier build, to be measured too.
set -eu
. "$(dirname "$0")/common.inc"
[ "$(id -u)" = 0 ] || { echo "skipped: a slow line needs network namespaces, which need root"; exit 0; }
for needed in ip tc chromium python3 ffmpeg tesseract; do
    command -v "$needed" >/dev/null || { echo "skipped: no $needed"; exit 0; }
done
[ -e /dev/net/tun ] || { echo "skipped: no /dev/net/tun"; exit 0; }
rig=$(rig) || { echo "skipped: no rig (CATSEYE_RIG or ../shared/rig) with an emulated capture stick"; exit 0; }
[ -d "$here/../web-ui/node_modules/playwright-core" ] || (cd "$here/../web-ui" && npm ci --silent --no-audit --no-fund) || { echo "skipped: npm ci failed"; exit 0; }
seconds=${SECONDS_EACH:-20} rate=${RATE:-1000} delay=${DELAY:-100} loss=${LOSS:-0} text_rate=${TEXT_RATE:-500} net=bandwidth-$$
servers=${SERVERS:-auto auto-jpeg sharp ${BASE_DIST:+base} ustreamer janus}

# The camera, without its stamp: pictures that do not change are the same bytes, as from a digital source.
make_camera() {
    mkdir -p "$work/rig/common" "$work/rig/v4l2shim"
    cp "$rig"/v4l2shim/* "$work/rig/v4l2shim"
    sed 's/snprintf(t, sizeof t, "KVMTS.*/memset(t, 32, sizeof t);/' "$rig/common/jpegset.h" > "$work/rig/common/jpegset.h"
    grep -q 'memset(t, 32' "$work/rig/common/jpegset.h" || { echo "the rig's stamp is written in another way now" >&2; return 1; }
    make -s -B -C "$work/rig/v4l2shim" > "$work/make.log" 2>&1 || { cat "$work/make.log" >&2; return 1; }
}

# The clips take a minute, so they are kept.
draw_clips() {
    clips=$here/../target/dev/clips-$(md5sum < "$here/clip.mjs" | cut -c1-12)
    [ -d "$clips" ] || { node "$here/clip.mjs" "$clips.part" && mv "$clips.part" "$clips"; }
}

start_line() {
    mkfifo "$work/line"
    exec 8<>"$work/line"
    "$here/line.py" "$net" "rate=$rate" "delay=$delay" "loss=$loss" <&8 > "$work/line.out" 8<&- &
    started="$started $!"
    for _ in $(seq 100); do grep -q ready "$work/line.out" && break; sleep 0.1; done
    kind=$(sed -n 's/^ready //p' "$work/line.out")
    [ -n "$kind" ] || { echo "skipped: no slow line (see above)"; exit 0; }
}

start_camera() {
    export V4L2SHIM_ROOT=$work/shim
    mkdir -p "$V4L2SHIM_ROOT"
    "$work/rig/v4l2shim/v4l2cam" -r "$V4L2SHIM_ROOT" "$clips" 2> "$work/cam.log" &
    started="$started $!"
    sleep 1
}

# probe NAME URL SELECTOR LEVEL COOKIE [MORE]
probe() {
    local moving="{\"clip\":\"desktop\",\"rate\":$rate,\"delay\":$delay,\"loss\":$loss,\"warm\":${WARM:-12},\"seconds\":$seconds}"
    local still="{\"clip\":\"bios\",\"warm\":8,\"seconds\":12}" text="{\"clip\":\"terminal\",\"rate\":$text_rate,\"warm\":3}"
    local scenes=$moving
    [ -n "${ONLY_MOVING:-}" ] || scenes="$moving,$still,$text"
    node "$here/bandwidth-probe.mjs" "{\"name\":\"$1\",\"url\":\"$2\",\"selector\":\"$3\",\"level\":\"$4\",\"cookie\":\"$5\",\"camera\":\"$V4L2SHIM_ROOT\",
        \"line\":\"$work/line\",\"namespaces\":{\"server\":\"$net-server\",\"client\":\"$net-client\"},\"chromium\":\"$work/chromium\",\"out\":\"$work\"${6:-},
        \"scenes\":[$scenes]}" >> "$work/rows" || echo "{\"name\":\"$1\",\"clip\":\"failed\"}" >> "$work/rows"
}

# catseye_probe NAME LEVEL DIST [FFMPEG]
catseye_probe() {
    local home=$work/home-$1
    mkdir -p "$home/config"
    printf 'width = 1280\nheight = 720\nframesPerSecond = 30\n' > "$home/config/org.catseye.capture.v4l2~bench.cfg"
    [ -z "${4:-}" ] || printf 'program = %s\n' "$4" > "$home/config/org.catseye.ffmpeg.h264.cfg"
    CATSEYE_DIST=$3 wrapper="ip netns exec $net-server $work/rig/v4l2shim/with-shim" catseye 18071 "$home" --feature ms2109 --bind 0.0.0.0 --https-port 18073
    wrapper="ip netns exec $net-server" login
    probe "$1" "https://10.77.0.1:18073/" "catseye-screen canvas" "$2" "$cookie"
    stop "$catseye"
}

ustreamer_probe() {
    # Not by a function, so that the process id is its own.
    ip netns exec "$net-server" "$work/rig/v4l2shim/with-shim" ustreamer -d /dev/video0 --format=MJPEG --encoder=HW --resolution=1280x720 --desired-fps=30 --tcp-nodelay \
        --drop-same-frames=30 --host 0.0.0.0 --port 18072 > "$work/us.log" 2>&1 &
    local pid=$!
    started="$started $pid"
    sleep 2
    # As PiKVM's page asks for it in Chromium.
    probe ustreamer "http://10.77.0.1:18072/stream?advance_headers=1" img "" ""
    stop "$pid"
}

# Janus with the pictures that our encoder for slow lines would make: the same program and options.
janus_probe() {
    command -v janus > /dev/null || { echo "left out: Janus (the package janus)"; return 0; }
    "$here/janus-server" "$work/janus" "$net-server" "$work/rig/v4l2shim/with-shim" > "$work/janus.log" 2>&1 &
    local pid=$!
    started="$started $pid"
    for _ in $(seq 100); do ip netns exec "$net-server" curl -s -o /dev/null http://127.0.0.1:8088/janus/info && break; sleep 0.1; done
    probe "janus" "about:blank" video "" "" ',"mountPoint":1'
    stop "$pid"
}

: > "$work/rows"
make_camera
draw_clips
start_line
start_camera
printf '#!/bin/sh\nexec ip netns exec %s-client "%s" "$@"\n' "$net" "${CATSEYE_CHROMIUM:-$(command -v chromium)}" > "$work/chromium"
chmod +x "$work/chromium"
machine
cat <<TEXT
method: one emulated capture stick (1280x720, 30 fps) -> server -> line -> Chromium, one server after the other. The line is made by
$kind: $rate kbit/s, $delay ms and $loss % loss in each direction, with a queue of 1 s; TCP uses cubic, or BBR where named. Each picture of the moving clip carries its number, which
the page reads off its canvas in each animation frame. Age: now minus the capture time of what is shown, at each moment of $seconds s.
TEXT
for server in $servers; do
    control=cubic label=$server server=${server%-bbr}
    [ "$label" = "$server" ] || control=bbr
    # By the route: a namespace may not choose it by sysctl, unless that was allowed for all.
    ip -n "$net-server" route replace 10.77.0.2 dev line src 10.77.0.1 congctl "$control" || { echo "left out: $label, which this kernel lacks"; continue; }
    case $server in
        auto | sharp | slow | balanced) catseye_probe "$label" "$server" "$CATSEYE_DIST" ;;
        auto-jpeg) catseye_probe auto-jpeg auto "$CATSEYE_DIST" /nowhere/ffmpeg ;;
        base) catseye_probe base auto "$BASE_DIST" ;;
        ustreamer) ustreamer_probe ;;
        janus) janus_probe ;;
        *) echo "no server '$server'" >&2; exit 1 ;;
    esac
done
[ -z "${ROWS:-}" ] || cp "$work/rows" "$ROWS"
node "$here/bandwidth-table.mjs" "$clips" < "$work/rows"
