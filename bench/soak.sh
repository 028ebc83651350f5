#!/bin/bash
# shellcheck disable=SC1091,SC2154 # what it uses is set in common.inc
# Growth: MINUTES (60) of pictures passed on while viewers come and go and keys are typed; what the process holds, at the start and at the end.
set -eu
. "$(dirname "$0")/common.inc"
rig=$(rig) || { echo "skipped: no rig (CATSEYE_RIG or ../shared/rig) with emulated capture devices"; exit 0; }
camera 1280x720
machine
wrapper="$rig/v4l2shim/with-shim" catseye 18071 "$work/home" --feature ms2109 --feature virtual-target
login
node "$here/soak-probe.mjs" 18071 "$cookie" "${MINUTES:-60}" "$catseye"
stop "$catseye"
