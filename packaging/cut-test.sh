# Runs in the container as root: checks that one whole version runs, and then switches between the two until the container is killed.
set -eu
# shellcheck source=/dev/null
. /test/versions

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 CATSEYE_UPDATE_SECONDS=1

fail() { echo "FAILED: $*"; journalctl -u catseye -u catseye-update-resume --no-pager -n 40 || true; exit 1; }

if [ ! -e /etc/catseye-cuts ]; then
    apt-get install -y -qq --no-install-recommends "/test/catseye_${old}_all.deb" >/run/apt.log 2>&1 || { cat /run/apt.log; fail "apt-get"; }
    printf 'CATSEYE_FEATURES=virtual-target\nCATSEYE_BIND=127.0.0.1\nCATSEYE_HTTPS_PORT=off\n' >/etc/default/catseye
    mkdir -p /var/lib/catseye-update
    systemctl restart catseye
    touch /etc/catseye-cuts
    sync
fi
state=$(dpkg-query -W -f '${Status} ${Version}' catseye)
case $state in
    "install ok installed $old" | "install ok installed $new") ;;
    *) fail "the state of the package: $state" ;;
esac
[ ! -e /var/lib/catseye-update/pending ] || fail "the update is still pending"
changed=$(dpkg --verify catseye | grep -v ' c /etc/default/catseye$' || true)
[ -z "$changed" ] || fail "files of another version: $changed"
systemctl is-active --quiet catseye || fail "it does not run"
[ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/api/v1/health)" = 200 ] || fail "it does not answer"
echo "$state; $(cat /var/lib/catseye-update/result 2>/dev/null || echo 'no update yet')" >/test/checked.part
mv /test/checked.part /test/checked
case $state in *" $old") other=$new ;; *) other=$old ;; esac
cp "/test/catseye_${other}_all.deb" /var/lib/catseye-update/previous.deb
while :; do catseye-update --back >/run/update 2>&1 || fail "$(cat /run/update)"; done
