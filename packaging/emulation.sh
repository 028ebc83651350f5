# Sourced by scripts that run programs of other processors.

# can_run ARCHITECTURE: true if this machine runs programs of a Debian architecture, by itself or by QEMU. Registers QEMU where systemd has
# not done so, as in containers; this needs root.
can_run() {
    [ "$1" != "$(dpkg --print-architecture)" ] || return 0
    case $1 in
        arm64) emulated=qemu-aarch64 ;;
        armhf) emulated=qemu-arm ;;
        amd64) emulated=qemu-x86_64 ;;
        *) return 1 ;;
    esac
    binfmt=/proc/sys/fs/binfmt_misc
    [ -e "$binfmt/register" ] || mount -t binfmt_misc binfmt_misc "$binfmt" 2>/dev/null || return 1
    [ -e "$binfmt/$emulated" ] || "$(command -v /usr/lib/systemd/systemd-binfmt || echo /lib/systemd/systemd-binfmt)" "/usr/lib/binfmt.d/$emulated.conf" 2>/dev/null || return 1
    [ -e "$binfmt/$emulated" ]
}
