#!/bin/sh
# janus.sh FOLDER NAMESPACE WITH_SHIM: runs Janus with one mount point (1) in a network namespace, and feeds it by RTP on loopback with H.264 of
# the emulated capture stick. Its configuration and log are in the folder. KEY_FRAMES: pictures from one key frame to the next (24).
set -eu
folder=$1 namespace=$2 shim=$3
plugins=$(dirname "$(find /usr/lib -name libjanus_streaming.so | head -n 1)")
transports=$(dirname "$(find /usr/lib -name libjanus_http.so | head -n 1)")
mkdir -p "$folder/none"
cat > "$folder/janus.jcfg" <<JCFG
general: {
    configs_folder = "$folder"
    plugins_folder = "$plugins"
    transports_folder = "$transports"
    events_folder = "$folder/none"
    loggers_folder = "$folder/none"
}
nat: { ice_enforce_list = "10.77.0.1" }
plugins: { disable = "$(cd "$plugins" && find . -name '*.so' ! -name libjanus_streaming.so -printf '%f,' | sed 's/,$//')" }
transports: { disable = "$(cd "$transports" && find . -name '*.so' ! -name libjanus_http.so -printf '%f,' | sed 's/,$//')" }
JCFG
cat > "$folder/janus.transport.http.jcfg" <<'JCFG'
general: { base_path = "/janus"
    http = true
    port = 8088
    ip = "127.0.0.1" }
JCFG
cat > "$folder/janus.plugin.streaming.jcfg" <<'JCFG'
screen: { type = "rtp"
    id = 1
    video = true
    audio = false
    videoport = 5004
    videopt = 96
    videocodec = "h264"
    videofmtp = "profile-level-id=42e01f;packetization-mode=1"
    videobufferkf = true }
JCFG
ip netns exec "$namespace" janus -F "$folder" -o > "$folder/janus.log" 2>&1 &
janus=$!
encoder=
# shellcheck disable=SC2317 # called by the trap
end() {
    kill "$janus" $encoder 2>/dev/null || :
    wait
    exit 0
}
trap end INT TERM
# As EncoderOptions has it for slow lines, with more key frames: RTP has no way to ask this encoder for one.
ip netns exec "$namespace" "$shim" ffmpeg -hide_banner -loglevel warning -fflags nobuffer -flags low_delay -threads 1 -f v4l2 -input_format mjpeg -video_size 1280x720 \
    -framerate 30 -i /dev/video0 -an \
    -vf "select='isnan(prev_selected_t)+gt(floor(t*12),floor(prev_selected_t*12))',scale=1280:720:flags=area:in_range=full:out_range=tv,format=yuv420p" \
    -fps_mode passthrough -c:v libx264 -g "${KEY_FRAMES:-24}" -preset ultrafast -tune zerolatency -crf 20 -maxrate 400k -bufsize 200k \
    -x264-params fps=12:scenecut=0:qpmin=20 -profile:v baseline -bsf:v dump_extra -f rtp 'rtp://127.0.0.1:5004?pkt_size=1200' > "$folder/ffmpeg.log" 2>&1 &
encoder=$!
wait
