#!/bin/sh
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# A VNC server's screen in the browser: Catseye beside noVNC with websockify, at the same Xvnc, in the same Chromium. ROUNDS (4) of each,
# alternating, CHANGES (40) of each kind a round, SECONDS_EACH (6) of each film at RATE (30) changes a second, after WARM (30) seconds in the first round.
set -eu
. "$(dirname "$0")/common.inc"
for needed in Xtigervnc websockify chromium python3; do
    command -v $needed >/dev/null || { echo "skipped: no $needed"; exit 0; }
done
[ -e /usr/share/novnc/core/rfb.js ] || { echo "skipped: no noVNC (the package novnc)"; exit 0; }
[ -d "$here/../web-ui/node_modules/playwright-core" ] || (cd "$here/../web-ui" && npm ci --silent --no-audit --no-fund) || { echo "skipped: npm ci failed"; exit 0; }
http=${PORT:-18081} vnc=${VNC_PORT:-18082} web=${WEB_PORT:-18083} size=${SIZE:-1280x720}
machine
cat <<TEXT
method: an X client changes the window of Xtigervnc ($size, no password, loopback), and notes the time just before the server gets it. Each page
reads a pixel of its canvas in each animation frame; up to 17 ms of the latency are this frame. small: a block of 200x24; full: another colour
everywhere; text: a terminal scrolls by a line. The proxy is Catseye's or websockify's process. Both pages use their own defaults.
TEXT

Xtigervnc -displayfd 3 -geometry "$size" -depth 24 -rfbport "$vnc" -localhost -SecurityTypes None -AlwaysShared 3> "$work/display" 2> "$work/xvnc.log" &
server=$!
started="$started $server"
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
websockify --web /usr/share/novnc "127.0.0.1:$web" "127.0.0.1:$vnc" > "$work/websockify.log" 2>&1 &
proxy=$!
started="$started $proxy"
mkdir -p "$work/home/config"
printf 'host = 127.0.0.1\nport = %s\n%b' "$vnc" "${VNC_SETTINGS:-}" > "$work/home/config/org.catseye.vnc~bench.cfg"
catseye "$http" "$work/home" --feature vnc
login
node "$here/vnc-probe.mjs" "{\"display\": \":$(cat "$work/display")\", \"rounds\": ${ROUNDS:-4}, \"changes\": ${CHANGES:-40}, \"seconds\": ${SECONDS_EACH:-6},
    \"rate\": ${RATE:-30}, \"warm\": ${WARM:-30}, \"cookie\": \"$cookie\", \"server\": $server, \"pages\": {
    \"novnc\": {\"url\": \"http://127.0.0.1:$web/vnc_lite.html?host=127.0.0.1&port=$web\", \"canvas\": \"#screen canvas\", \"pids\": [$proxy]},
    \"catseye\": {\"url\": \"http://127.0.0.1:$http/\", \"canvas\": \"catseye-screen canvas\", \"pids\": [$catseye]}}}" > "$work/rows"
[ -z "${ROWS:-}" ] || cp "$work/rows" "$ROWS"
node "$here/vnc-table.mjs" < "$work/rows"
