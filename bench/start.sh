#!/bin/sh
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# Time from process start to the ready line, and memory, with the virtual target. STARTS warm starts (default 5), one cold.
set -eu
. "$(dirname "$0")/common.inc"
starts=${STARTS:-5}
machine
echo "method: the launcher's own figure (process start to the first 200 of /api/v1/health); RSS 3 s later, without and with one viewer"

catseye 18071 "$work/home" --feature virtual-target
cold=$ready
stop "$catseye"
: > "$work/warm"; : > "$work/rss"; : > "$work/viewer"
for _ in $(seq "$starts"); do
    catseye 18071 "$work/home" --feature virtual-target
    echo "$ready" >> "$work/warm"
    sleep 3
    rss "$catseye" >> "$work/rss"
    login
    curl -s -m 5 -o /dev/null -H "Cookie: $cookie" "http://127.0.0.1:18071/api/v1/targets/default/video.mjpeg" || :
    rss "$catseye" >> "$work/viewer"
    stop "$catseye"
done
printf '%-36s %8s %8s\n' '' median least
printf '%-36s %8s\n' 'cold start (new home), ms' "$cold"
printf '%-36s %8s %8s\n' 'warm start, ms' "$(median < "$work/warm")" "$(sort -n "$work/warm" | head -n 1)"
printf '%-36s %8s %8s\n' 'RSS, MiB' "$(($(median < "$work/rss") / 1024))" "$(($(sort -n "$work/rss" | head -n 1) / 1024))"
printf '%-36s %8s %8s\n' 'RSS after 5 s with one viewer, MiB' "$(($(median < "$work/viewer") / 1024))" "$(($(sort -n "$work/viewer" | head -n 1) / 1024))"
