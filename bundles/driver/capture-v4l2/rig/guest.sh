#!/bin/sh
# guest.sh: the stick driver against a real kernel, in the test rig's guest: the kernel's own uvcvideo with an emulated MS2109,
# and vivid as an HDMI bridge. Needs the module to be built with its tests: mvn -Prig -pl bundles/driver/capture-v4l2 -am verify
#   CATSEYE_RIG   the rig's built copy (default ~/.cache/catseye-rig)
#   guest.sh [uvc|vivid|hidraw]...   only these (default: all)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
module=$(dirname "$here")
rig=${CATSEYE_RIG:-$HOME/.cache/catseye-rig}
[ -x "$rig/guest/run-in-guest.sh" ] || { echo "guest.sh: no test rig in $rig (CATSEYE_RIG names another folder): skipped" >&2; exit 0; }
[ -s "$module/target/rig.classpath" ] || { echo "guest.sh: build first: mvn -Prig -pl bundles/driver/capture-v4l2 -am verify" >&2; exit 1; }
classpath=$module/target/test-classes:$module/target/classes:$(cat "$module/target/rig.classpath")
# C1 and the serial collector: the guest's processor is emulated, and slow.
exec "$rig/guest/run-in-guest.sh" "cd /tmp && exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -Djava.awt.headless=true \
-Dorg.slf4j.simpleLogger.defaultLogLevel=info -Djna.tmpdir=/tmp -cp '$classpath' org.catseye.capture.v4l2.GuestMain '$rig' ${*:-uvc vivid hidraw}"
