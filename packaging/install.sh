#!/bin/sh
# Installs Catseye on a board with Debian, Raspberry Pi OS or Ubuntu, updates it, or removes it. Run it without options to install or update;
# --dry-run only shows what it would do. The shell runs nothing before the last line, the end of this block, so a download that was cut off
# does nothing.
{
set -eu

# ./dev package fills these in: where the files of this release are, the publisher's key of minisign, and the name of the release.
source=''
public_key=''
release=''

usage() {
    cat <<'END'
usage: sh install.sh [OPTIONS]
  --dry-run        only show what would be done
  --from PLACE     the address or folder with the files of the release
  --key FILE       the publisher's public key (minisign), in place of the one in this script
  --unsigned       do without a signature: check the checksums only
  --older          install an older version than the one that is installed
  --latest         the newest release at that place, in place of the one that this script belongs to
  --check          only tell whether that is newer; the exit code is 0 if it is, and 10 if it is not
  --keep-port      on a Raspberry Pi: do not enable the USB device port
  --uninstall      remove Catseye; users, settings and images stay
  --delete-data    with --uninstall: delete users, settings and images, too
END
}

say() { echo "catseye: $*"; }
fail() { echo "catseye: $*" >&2; exit 1; }
plan() { echo "  * $*"; }

# as_root COMMAND...: only what needs it runs as root
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# os_value NAME: a value of /etc/os-release
os_value() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" "$system/etc/os-release" 2>/dev/null | head -n 1; }

installed_version() { dpkg-query -W -f '${Status}|${Version}' catseye 2>/dev/null | sed -n 's/^install ok installed|//p'; }

check_system() {
    case $(os_value ID) in
        debian) oldest=12 ;;
        raspbian) oldest=12 ;;
        ubuntu) oldest=24 ;;
        *) fail "this script is for Debian, Raspberry Pi OS and Ubuntu, not for '$(os_value PRETTY_NAME)'. The archive runs on any Linux with Java 17." ;;
    esac
    # Debian's testing has no number.
    version=$(os_value VERSION_ID)
    [ -z "$version" ] || [ "${version%%.*}" -ge "$oldest" ] 2>/dev/null || fail "$(os_value PRETTY_NAME) is too old: it has no Java 17. Version $oldest or newer is needed."
    [ "$(uname -m)" != armv6l ] || fail "this board has an ARMv6 processor, for which Debian has no Java 17. A Raspberry Pi Zero 2 W, 3A+, 4 or 5 can run Catseye."
    case $(dpkg --print-architecture) in
        amd64 | arm64 | armhf) ;;
        *) fail "Catseye was not made for the architecture $(dpkg --print-architecture)" ;;
    esac
    [ -d "$system/run/systemd/system" ] || fail "Catseye runs as a service of systemd, which does not run here"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null 2>&1 || fail "installing needs root: run this script as root, or install sudo"
    for folder in /opt/catseye /etc/systemd/system/catseye.service; do
        [ ! -e "$system$folder" ] || fail "$folder belongs to an installation by hand or with Ansible. Remove that first; docs/install.md describes how."
    done
    kilobytes=$(df -Pk "$system/usr" | awk 'NR == 2 {print $4}')
    [ "$kilobytes" -ge 600000 ] || fail "/usr has only $((kilobytes / 1024)) MB left; Java and Catseye need 600"
}

# The model of a Raspberry Pi whose port can be a USB device but is not one yet; empty on others.
port_to_enable() {
    [ -z "$(ls "$system/sys/class/udc" 2>/dev/null)" ] || return 0
    [ -r "$system/proc/device-tree/model" ] || return 0
    model=$(tr -d '\0' <"$system/proc/device-tree/model")
    case $model in
        "Raspberry Pi 4 "* | "Raspberry Pi 5 "* | "Raspberry Pi 5"[0-9]* | "Raspberry Pi 4"[0-9]* | "Raspberry Pi Compute Module "[45]* | "Raspberry Pi Zero "* | *"Model A Plus"*) echo "$model" ;;
    esac
}

# The older place holds a note or a link since Debian 12.
config_txt() {
    for file in "$system/boot/firmware/config.txt" "$system/boot/config.txt"; do
        if [ -e "$file" ]; then echo "$file"; return; fi
    done
}

marker="Catseye: the USB-C port is a keyboard for another computer"

# enable_port FILE: in a section of its own, because the last one may be for one model only
enable_port() {
    grep -q "^# BEGIN $marker" "$1" || printf '%s\n' "# BEGIN $marker" "[all]" "dtoverlay=dwc2,dr_mode=peripheral" "# END $marker" | as_root tee -a "$1" >/dev/null
    # The other controller would take the port.
    as_root sed -i 's/^[[:blank:]]*\(otg_mode[[:blank:]]*=[[:blank:]]*1[[:blank:]]*\)$/# Catseye: \1/' "$1"
}

disable_port() {
    as_root sed -i -e "/^# BEGIN $marker/,/^# END $marker/d" -e 's/^# Catseye: \(otg_mode.*\)$/\1/' "$1"
}

# get NAME FILE: a file of the release
get() {
    case $source in
        http://* | https://*)
            if command -v curl >/dev/null 2>&1; then curl -fsSL --retry 3 -o "$2" "$source/$1"
            else wget -q -O "$2" "$source/$1"; fi ;;
        *) cp "$source/$1" "$2" ;;
    esac || fail "could not get $1 from $source"
}

# install_file FILE [OPTION]...: nobody is there to answer whether changed settings stay, so they do
install_file() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --allow-downgrades --reinstall \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" >"$work/log" 2>&1
}

# find_release: what to get, and whether it can be verified
find_release() {
    [ -n "$source" ] || fail "this script does not know where the release is: name its address or folder with --from"
    if [ -z "$release" ]; then
        case $source in http*) fail "this script does not know the name of the release. Use the install.sh that lies beside the release." ;; esac
        release=$(cd "$source" && ls -t catseye-*.tar.gz.sha256 2>/dev/null | head -n 1)
        release=${release%.tar.gz.sha256}
        [ -n "$release" ] || fail "there is no catseye-*.tar.gz.sha256 in $source"
    fi
    [ -n "$public_key" ] || [ -n "$unsigned" ] || fail "this script contains no public key. Name the publisher's with --key, or accept a release without a signature with --unsigned."
}

install_package() {
    check_system
    find_release
    before=$(installed_version)
    port=
    [ -n "$keep_port" ] || port=$(port_to_enable)
    [ -z "$port" ] || [ -n "$(config_txt)" ] || port=
    needed=
    [ -n "$unsigned" ] || command -v minisign >/dev/null 2>&1 || needed=minisign
    case $source in http*) command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1 || needed="${needed:+$needed }curl" ;; esac

    say "this is what will be done:"
    [ -z "$needed" ] || plan "install $needed from this system's package sources"
    plan "get $release from $source, and verify its $([ -n "$unsigned" ] && echo "checksum (no signature)" || echo "signature and checksum")"
    if [ -z "$before" ]; then
        plan "install the package catseye, and Java if it is missing; it runs as the service catseye, with a user of its own"
        plan "listen on the ports 8080 and 8443; change this in /etc/default/catseye"
    else
        plan "replace version $before; users, settings and images stay"
    fi
    [ -z "$port" ] || plan "make the USB device port of this $port a keyboard: add dtoverlay=dwc2,dr_mode=peripheral to $(config_txt). It needs a restart of the board."
    [ -z "$dry_run" ] || { say "nothing was changed (--dry-run)"; return 0; }

    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # The user of apt reads the package from there.
    chmod 755 "$work"
    install_needed
    get_list
    get_package
    say "installing $after (some minutes if Java is missing)"
    as_root apt-get update -qq >"$work/log" 2>&1 || say "the package sources cannot be reached; trying without them"
    install_file "$work/$package" || {
        say "recommended packages are left out, because they cannot be fetched; ffmpeg makes better pictures on slow lines (apt-get install ffmpeg)"
        install_file "$work/$package" --no-install-recommends
    } || { tail -n 20 "$work/log" >&2; fail "apt-get could not install $package"; }
    [ -z "$port" ] || enable_port "$(config_txt)"
    report
}

# install_needed: the programs in $needed
install_needed() {
    # shellcheck disable=SC2086 # a list of words
    [ -z "$needed" ] || { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $needed; } >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "could not install $needed"; }
}

# get_list: the list of the release's files, and the name and version of the package in it
get_list() {
    list=$release.tar.gz.sha256
    get "$list" "$work/$list"
    if [ -z "$unsigned" ]; then
        get "$list.minisig" "$work/$list.minisig"
        minisign -Vq -P "$public_key" -m "$work/$list" || fail "the signature of $list is not the publisher's. Nothing was installed."
    fi
    package=$(sed -n 's/^[0-9a-f]\{64\} [ *]\(catseye_[A-Za-z0-9.~+-]*_all\.deb\)$/\1/p' "$work/$list")
    [ "$(echo "$package" | wc -w)" = 1 ] || fail "$list names no package, or several"
    after=${package#catseye_}
    after=${after%_all.deb}
}

get_package() {
    get "$package" "$work/$package"
    (cd "$work" && sha256sum -c --quiet --ignore-missing "$list") || fail "$package is not the file that $list names. Nothing was installed."
    [ "$(dpkg-deb -f "$work/$package" Package)" = catseye ] || fail "$package is another package. Nothing was installed."
    after=$(dpkg-deb -f "$work/$package" Version)
    if [ -n "$before" ] && [ -z "$older" ] && dpkg --compare-versions "$after" lt "$before"; then
        fail "$after is older than $before, which is installed. Add --older to go back to it."
    fi
}

check_release() {
    find_release
    before=$(installed_version)
    [ -n "$unsigned" ] || command -v minisign >/dev/null 2>&1 || fail "minisign is needed to verify the release (apt-get install minisign)"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    get_list
    if [ -n "$before" ] && dpkg --compare-versions "$after" le "$before"; then
        say "there is nothing newer than $before, which is installed"
        exit 10
    fi
    say "$after is available${before:+; $before is installed}"
}

# What to do next. systemd has started the service, and waited until it answers.
report() {
    as_root systemctl is-active --quiet catseye || fail "Catseye was installed but does not run. This shows why: journalctl -u catseye"
    say "Catseye runs."
    authority=$system/var/lib/catseye/tls/authority.pem
    fingerprint=$(as_root keytool -printcert -file "$authority" 2>/dev/null | sed -n 's/^[[:blank:]]*SHA256: //p' | head -n 1)
    [ -z "$fingerprint" ] || say "The browser will warn of an unknown certificate. Its authority has the SHA-256 fingerprint $fingerprint"
    link=
    as_root test -e "$system/var/lib/catseye/access/users.json" || link=$(as_root journalctl -u catseye -o cat --no-pager | sed -n 's/.*Open \([^ ]*\/setup#token=[^ ]*\) .*/\1/p' | tail -n 1)
    if [ -n "$link" ]; then say "Open this link to choose the password of the user admin: $link"
    else say "Its address: https://$(hostname):$(sed -n 's/^CATSEYE_HTTPS_PORT=\([0-9]*\)$/\1/p' "$system/etc/default/catseye" | tail -n 1 | grep . || echo 8443)/"; fi
    [ -z "$port" ] || say "Restart the board (sudo reboot): then its USB port is a keyboard."
}

uninstall() {
    before=$(installed_version)
    file=$(config_txt)
    [ -n "$file" ] && grep -q "^# BEGIN $marker" "$file" || file=
    [ -n "$before" ] || [ -n "$delete_data" ] || fail "Catseye is not installed as a package"
    say "this is what will be done:"
    [ -z "$before" ] || plan "remove the package catseye $before; the USB keyboard is unplugged"
    [ -z "$file" ] || plan "take the USB device port out of $file; this needs a restart of the board"
    if [ -n "$delete_data" ]; then plan "delete /var/lib/catseye with all users, settings and images, and /etc/default/catseye"
    else plan "keep /var/lib/catseye and /etc/default/catseye; --delete-data would delete them"; fi
    [ -z "$dry_run" ] || { say "nothing was changed (--dry-run)"; return 0; }
    if [ -n "$delete_data" ]; then as_root env CATSEYE_PURGE_STATE=yes DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq catseye
    else as_root env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq catseye; fi >/dev/null || fail "apt-get could not remove the package"
    [ -z "$file" ] || disable_port "$file"
    say "Catseye is removed. Java and ffmpeg stay; apt-get autoremove removes what nothing else needs."
}

main() {
    # For tests: another root of the files that tell what the system is.
    system=${CATSEYE_INSTALL_SYSTEM:-}
    dry_run='' unsigned='' older='' keep_port='' delete_data='' action=install_package
    while [ $# -gt 0 ]; do
        case $1 in
            --dry-run) dry_run=1 ;;
            --from) [ $# -ge 2 ] || fail "--from needs an address or a folder"; source=${2%/}; shift ;;
            --key) { [ $# -ge 2 ] && [ -r "$2" ]; } || fail "--key needs a file with a public key of minisign"; public_key=$(tail -n 1 "$2"); shift ;;
            --unsigned) unsigned=1 ;;
            --older) older=1 ;;
            --latest) release=catseye-latest ;;
            --check) action=check_release ;;
            --keep-port) keep_port=1 ;;
            --uninstall) action=uninstall ;;
            --delete-data) delete_data=1 ;;
            -h | --help) usage; return 0 ;;
            *) usage >&2; fail "unknown option '$1'" ;;
        esac
        shift
    done
    [ -z "$delete_data" ] || [ "$action" = uninstall ] || fail "--delete-data belongs to --uninstall"
    $action
}

main "$@"
}
