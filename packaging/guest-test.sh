# Runs in the container as root: what an administrator does with the package, and what must be true after each step.
set -eu
# shellcheck source=/dev/null
. /test/versions

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
password='Correct-Horse-7-Battery'

step() { echo "== $*"; }
fail() { echo "FAILED: $*"; journalctl -u catseye --no-pager -n 30 || true; exit 1; }
install() {
    apt-get install -y -qq --no-install-recommends --allow-downgrades "/test/catseye_${version}_all.deb" >/run/apt.log 2>&1 || { cat /run/apt.log; fail "apt-get"; }
}
is_installed() { [ "$(dpkg-query -W -f '${Status} ${Version}' catseye)" = "install ok installed $1" ] || fail "$1 is not installed: $(dpkg-query -W catseye)"; }
is_active() { systemctl is-active --quiet catseye || fail "the service is not active"; }
# The port of this test's own setting shows that the setting is still used.
answers() { [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$1/api/v1/health")" = 200 ] || fail "no answer on port $1"; }
logs_in() {
    curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -H "Origin: http://127.0.0.1:$1" \
        -d "{\"user\":\"admin\",\"password\":\"$password\"}" "http://127.0.0.1:$1/api/v1/session" | grep -q '^20' || fail "admin cannot log in"
}

step "install $old"
version=$old; install
is_installed "$old"
is_active
systemctl is-enabled --quiet catseye catseye-gadget || fail "the services do not start with the board"
[ "$(stat -c %U "/proc/$(systemctl show -P MainPID catseye)")" = catseye ] || fail "Catseye does not run as its own user"
[ "$(stat -c '%U %a' /var/lib/catseye)" = "catseye 700" ] || fail "its state is not its own"
id -nG catseye | grep -qw video || fail "the user may not capture pictures"
journalctl -u catseye --no-pager | grep -q 'https://.*setup' || fail "no link for claiming the device in the log"
[ "$(catseye --help | head -n 1)" = "usage: catseye [options]" ] || fail "no command catseye"
# A container may not choose it, so only the setting is looked at.
/lib/systemd/systemd-sysctl --cat-config | grep -q '^-net.ipv4.tcp_congestion_control = bbr$' || fail "nothing selects BBR"
catseye-gadget status >/dev/null 2>&1 || [ $? = 3 ] || fail "no command catseye-gadget"

step "change its settings, and claim it"
touch /run/claim; chown catseye /run/claim; chmod 600 /run/claim
printf '%s' "$password" >/run/claim
cat >/etc/default/catseye <<'END'
CATSEYE_FEATURES=virtual-target
CATSEYE_BIND=127.0.0.1
CATSEYE_PORT=8181
CATSEYE_HTTPS_PORT=off
CATSEYE_ADMIN_PASSWORD_FILE=/run/claim
END
systemctl restart catseye
answers 8181
logs_in 8181

step "upgrade to $new"
pid=$(systemctl show -P MainPID catseye)
version=$new; install
is_installed "$new"
is_active
[ "$(systemctl show -P MainPID catseye)" != "$pid" ] || fail "the old version still runs"
answers 8181
logs_in 8181
grep -q 8181 /etc/default/catseye || fail "the settings are lost"

step "downgrade to $old"
version=$old; install
is_installed "$old"
is_active
answers 8181
logs_in 8181

step "upgrade while it is switched off"
systemctl disable --now -q catseye
version=$new; install
is_installed "$new"
! systemctl is-enabled --quiet catseye || fail "the upgrade has switched it on"
! systemctl is-active --quiet catseye || fail "the upgrade has started it"
systemctl enable --now -q catseye
answers 8181

step "remove, and install again"
apt-get remove -y -qq catseye >/dev/null
! systemctl is-active --quiet catseye || fail "it still runs"
[ ! -e /usr/share/catseye ] && [ ! -e /usr/bin/catseye ] || fail "files are left"
[ -e /etc/default/catseye ] && [ -e /var/lib/catseye/access/users.json ] || fail "settings or users are lost"
install
is_active
answers 8181
logs_in 8181

step "purge"
apt-get purge -y -qq catseye 2>&1 | grep 'stay in /var/lib/catseye' || fail "nothing says that the state stays"
[ ! -e /etc/default/catseye ] || fail "the settings are left"
[ -e /var/lib/catseye/access/users.json ] || fail "the users are lost"
install
is_active
CATSEYE_PURGE_STATE=yes apt-get purge -y -qq catseye >/dev/null
[ ! -e /var/lib/catseye ] || fail "the state is left"
! find /etc /usr/lib /var/lib/systemd -name '*catseye*' | grep . || fail "these files are left"

step "purge a state on another disk"
mkdir /srv/state && ln -s /srv/state /var/lib/catseye
install
CATSEYE_PURGE_STATE=yes apt-get purge -y -qq catseye 2>&1 | grep -q 'delete /srv/state yourself' || fail "nothing says that the state is elsewhere"
[ -d /srv/state ] && [ ! -e /var/lib/catseye ] || fail "more than the link is gone, or less"

step "everything is as expected"

step "install with the script"
script() { sh -s -- "$@" --from /test/release --key /test/key.pub </test/install.sh >/run/script 2>&1; }
script --dry-run || fail "the dry run: $(cat /run/script)"
! dpkg-query -W catseye >/dev/null 2>&1 || fail "the dry run has installed it"
script || fail "the script: $(cat /run/script)"
is_installed "$new"
is_active
answers 8080
grep -q 'https://.*/setup#token=' /run/script || fail "the script shows no link: $(cat /run/script)"
grep -qE 'fingerprint ([0-9A-F]{2}:){31}' /run/script || fail "the script shows no fingerprint: $(cat /run/script)"
script || fail "the script again: $(cat /run/script)"
is_active
script --uninstall --delete-data || fail "the script does not remove it: $(cat /run/script)"
! dpkg-query -W -f '${Status}' catseye 2>/dev/null | grep -q '^install ok' || fail "it is not removed"
[ ! -e /var/lib/catseye ] || fail "the state is left"

step "update"
version=$old; install
is_active
update() { catseye-update "$@" --key /test/key.pub >/run/update 2>&1; }
update --check --from /test/release || fail "there is something newer: $(cat /run/update)"
is_installed "$old"
update --from /test/release || fail "the update: $(cat /run/update)"
is_installed "$new"
is_active
answers 8080
grep -q "updated: $old was replaced by $new" /var/lib/catseye-update/result || fail "the result: $(cat /var/lib/catseye-update/result)"
ended=0; update --check --from /test/release || ended=$?
[ "$ended" = 10 ] || fail "there is nothing newer: $ended, $(cat /run/update)"
pid=$(systemctl show -P MainPID catseye)
update --from /test/release || fail "nothing to do: $(cat /run/update)"
[ "$(systemctl show -P MainPID catseye)" = "$pid" ] || fail "an update to the same version has restarted it"

step "an update that does not run is undone"
! update --from /test/broken-release || fail "it was kept: $(cat /run/update)"
is_installed "$new"
is_active
answers 8080
grep -q "restored: $new was installed again after 99.0: it did not run" /var/lib/catseye-update/result || fail "the result: $(cat /var/lib/catseye-update/result)"
[ ! -e /var/lib/catseye-update/pending ] || fail "the update is not over"

step "a changed release is refused"
cp -r /test/broken-release /run/changed
printf x >>/run/changed/catseye_99.0_all.deb
! update --from /run/changed || fail "it was installed: $(cat /run/update)"
grep -q 'not the file that' /run/update || fail "the reason: $(cat /run/update)"
sed -i 's/99\.0/99.1/' /run/changed/catseye-latest.tar.gz.sha256
! update --from /run/changed || fail "it was installed: $(cat /run/update)"
grep -q "signature" /run/update || fail "the reason: $(cat /run/update)"
is_installed "$new"
[ "$(systemctl show -P MainPID catseye)" != 0 ] || fail "it does not run"

step "go back, and forth"
catseye-update --back >/run/update 2>&1 || fail "going back: $(cat /run/update)"
is_installed "$old"
answers 8080
catseye-update --back >/run/update 2>&1 || fail "going forth: $(cat /run/update)"
is_installed "$new"
answers 8080

step "an interrupted update is undone"
systemctl stop catseye
SYSTEMD_OFFLINE=1 dpkg --unpack "/test/catseye_${old}_all.deb" >/dev/null 2>&1
cp "/test/catseye_${new}_all.deb" /var/lib/catseye-update/current.deb
echo "$new" >/var/lib/catseye-update/pending
systemctl start catseye-update-resume || fail "$(journalctl -u catseye-update-resume --no-pager -n 20)"
is_installed "$new"
[ ! -e /var/lib/catseye-update/pending ] || fail "the update is not over"
[ -z "$(dpkg --verify catseye)" ] || fail "files of two versions: $(dpkg --verify catseye)"
systemctl start catseye
answers 8080
CATSEYE_PURGE_STATE=yes apt-get purge -y -qq catseye >/dev/null
[ ! -e /var/lib/catseye-update ] || fail "the kept version is left"

step "install with Ansible"
cp -r /test/ansible /run/ansible
cd /run/ansible
printf '[catseye]\nlocalhost ansible_connection=local\n' >inventory.yml.ini
# There is no network here to fetch lists of packages from, and everything is installed.
mkdir -p /var/lib/apt/periodic && touch /var/lib/apt/periodic/update-success-stamp
play() {
    ansible-playbook -i inventory.yml.ini catseye.yml -e "{\"catseye_package\": \"/test/catseye_$1_all.deb\", \"catseye_features\": [\"virtual-target\"], \"catseye_http_port\": 8282, \"catseye_https_port\": \"off\", \"catseye_bind\": \"127.0.0.1\", \"catseye_admin_password\": \"$password\"}" >/run/play 2>&1 || { tail -n 30 /run/play; fail "the playbook"; }
}
play "$old"
is_installed "$old"
is_active
answers 8282
logs_in 8282
play "$new"
is_installed "$new"
answers 8282
logs_in 8282
play "$new"
grep -q 'changed=0 ' /run/play || { cat /run/play; fail "a second run has changed something"; }
play "$old"
is_installed "$old"
answers 8282
