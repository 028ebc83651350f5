#!/bin/bash
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# Images: a plain PUT beside nginx (dav) in the same run, and one large upload by tus that is interrupted ten times. Needs nginx, npm ci in web-ui,
# and disk space for twice the size. PAIRS (6), PUT_MEGABYTES (1000), TUS_MEGABYTES (4295, which is 4 GiB).
set -eu
. "$(dirname "$0")/common.inc"
pairs=${PAIRS:-6} put=${PUT_MEGABYTES:-1000} large=${TUS_MEGABYTES:-4295}
put_port=18090

cat <<TEXT
method: curl -T over loopback, $put MB of random bytes, $pairs pairs, alternating. Catseye forces the file to the disk before it answers, and nginx does not.
CPU is that of the server per GB. Then tus-js-client uploads $large MB and breaks the connection ten times; the heap is 96 MB.
TEXT

cpu() { awk '{print ($14 + $15) / 100}' "/proc/$1/stat"; }
images() { curl -s -H "Cookie: $cookie" "http://127.0.0.1:$port/api/v1/media"; }
await_hash() { while images | grep -q '"sha256":""'; do sleep 0.5; done; }
delete_all() {
    for id in $(images | grep -o '"id":"[0-9a-f]*","name"' | grep -o '[0-9a-f]\{16,\}'); do
        curl -s -X DELETE -H "Cookie: $cookie" -H "Origin: http://127.0.0.1:$port" "http://127.0.0.1:$port/api/v1/media/$id"
    done
}

mkdir -p "$work/nginx/files"
cat > "$work/nginx/conf" <<TEXT
daemon off; master_process off; pid $work/nginx/pid; error_log $work/nginx/log;
events {}
http { access_log off; client_body_temp_path $work/nginx/files/tmp; proxy_temp_path $work/nginx/p; fastcgi_temp_path $work/nginx/f;
  uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
  server { listen 127.0.0.1:$put_port; root $work/nginx/files; client_max_body_size 0; location / { dav_methods PUT DELETE; client_body_buffer_size 64k; } } }
TEXT
nginx -c "$work/nginx/conf" & peer=$!
started="$started $peer"
export JAVA_OPTS="-Xmx96m"
catseye 18081 "$work/home" --https-port off --feature virtual-target
login
jvm=$catseye

# measure NAME PID URL: seconds, MB/s, CPU seconds per GB
measure() {
    sync
    before=$(cpu "$2")
    seconds=$(curl -sf --show-error -o /dev/null -w '%{time_total}' -H "Cookie: $cookie" -H "Origin: http://127.0.0.1:$port" -T "$work/put" "$3")
    awk -v name="$1" -v s="$seconds" -v b="$before" -v a="$(cpu "$2")" -v mb="$put" \
        'BEGIN {printf "%s: %.2f s, %.0f MB/s, CPU %.2f s/GB\n", name, s, mb / s, (a - b) * 1000 / mb}'
}
head -c "${put}000000" /dev/urandom > "$work/put"
for _ in $(seq "$pairs"); do
    measure nginx "$peer" "http://127.0.0.1:$put_port/put"
    curl -s -X DELETE "http://127.0.0.1:$put_port/put"
    measure catseye "$jvm" "http://127.0.0.1:$port/api/v1/media/put"
    await_hash
    delete_all
done
rm "$work/put"

# A random block many times, each with its number, so that no two parts are the same.
head -c 32000000 /dev/urandom > "$work/block"
block=0
while [ "$block" -lt $((large / 32)) ]; do block=$((block + 1)); printf '%08d' "$block"; cat "$work/block"; done > "$work/large"
node "$here/tus-upload.mjs" "http://127.0.0.1:$port/api/v1/media/uploads" "$cookie" "$work/large" large.img
echo "resident memory: $(rss "$jvm") KiB"
await_hash
sum=$(sha256sum "$work/large" | cut -d' ' -f1)
images | grep -q "$sum" && echo "the SHA-256 is right: $sum"
