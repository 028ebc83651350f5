#!/bin/sh
# An HDMI-over-IP box at 15 Mbit/s, 1080p30: from a frame's last datagram to the frame on a viewer's WebSocket, and the server's CPU.
# SECONDS_EACH (20) measured, STARTS (3), PORT (18071), UDP_PORT (18074).
set -eu
. "$(dirname "$0")/common.inc"
command -v ffmpeg >/dev/null || { echo "skipped: no ffmpeg to make the video with"; exit 0; }
command -v python3 >/dev/null || { echo "skipped: no python3 to compare with"; exit 0; }
[ -d "$here/../web-ui/node_modules/ws" ] || (cd "$here/../web-ui" && npm ci --silent --no-audit --no-fund) || { echo "skipped: npm ci failed"; exit 0; }
seconds=${SECONDS_EACH:-20} http=${PORT:-18071} udp=${UDP_PORT:-18074}
machine
cat <<EOF
method: a process that plays the box (RTP, multicast on lo, key frame every 120) and watches the WebSocket; latency from just before the
send of a frame's last datagram to the read that completed the frame, so both kernels' and the probe's own way are in it. The peer, a few
lines of Python that know each frame's end beforehand, passes on the same datagrams at the same time: what it takes is the machine's.
EOF
ffmpeg -hide_banner -loglevel error -y -f lavfi -i testsrc2=size=1920x1080:rate=30 -vf noise=alls=24:allf=t -frames:v 600 -c:v libx264 \
    -preset ultrafast -profile:v baseline -tune zerolatency -g 120 -x264-params scenecut=0 -pix_fmt yuv420p \
    -b:v 15M -minrate 15M -maxrate 15M -bufsize 2M -f mpegts "$work/clip.ts"
mkdir -p "$work/home/config"
printf 'kind = lkv373a\ninterface = lo\nport = %s\n' "$udp" > "$work/home/config/org.catseye.capture.lkv373a~bench.cfg"
for _ in $(seq "${STARTS:-3}"); do
    catseye "$http" "$work/home" --feature lkv373a
    login
    node "$here/lkv-probe.mjs" "$http" "$cookie" "$work/clip.ts" "$udp" "$seconds" "$catseye"
    stop "$catseye"
done
