import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Images that virtual machines start from, made of Debian's packages. */

const ISOLINUX = '/usr/lib/ISOLINUX/isolinux.bin';
const BUSYBOX = '/usr/bin/busybox';
const EVTEST = '/usr/bin/evtest';
const INSTALLERS = '/usr/lib/debian-installer/images';

/** The kernel and modules that `dev` has unpacked: vmlinuz, and *.ko beside it. */
const KERNEL = process.env.CATSEYE_VM_KERNEL ?? '';
/** In the order in which they are loaded. */
const MODULES = ['scsi_common', 'scsi_mod', 'libata', 'ata_piix', 'cdrom', 'sr_mod', 'isofs', 'usb-common', 'usbcore', 'xhci-hcd', 'xhci-pci', 'hid', 'hid-generic', 'usbhid', 'psmouse', 'evdev', 'button'];

export const USER = 'tester';
export const USER_PASSWORD = 'Gray cat #7';
export const NAME_OF_MEDIUM = 'SMALL_LINUX';

/** The folder of the newest text installer, without which there is no image of it. */
function installerFolder() {
  const versions = existsSync(INSTALLERS) ? readdirSync(INSTALLERS).map(Number).sort((one, other) => one - other) : [];
  return versions.length > 0 ? join(INSTALLERS, String(versions.pop()), 'amd64/text/debian-installer/amd64') : '';
}

export const installerNeeds = () => ({ 'debian-installer netboot': existsSync(join(installerFolder(), 'initrd.gz')), isolinux: existsSync(ISOLINUX) });

export const linuxNeeds = () => ({
  'kernel (CATSEYE_VM_KERNEL)': existsSync(join(KERNEL, 'vmlinuz')), 'busybox-static': existsSync(BUSYBOX), evtest: existsSync(EVTEST),
  'grub-pc-bin': existsSync('/usr/lib/grub/i386-pc'), 'grub-efi-amd64-bin': existsSync('/usr/lib/grub/x86_64-efi'),
});

/** A CD of Debian's installer for the text screen, with its boot menu. @returns {string} its path */
export function buildInstaller(folder) {
  const from = installerFolder();
  const content = join(folder, 'installer');
  mkdirSync(content);
  const screens = join(from, 'boot-screens');
  for (const name of readdirSync(screens)) {
    if (!name.endsWith('.cfg')) copyFileSync(join(screens, name), join(content, name));
    else writeFileSync(join(content, name), readFileSync(join(screens, name), 'utf8').replaceAll(/debian-installer\/amd64\/(boot-screens\/)?/g, ''));
  }
  for (const file of [join(from, 'linux'), join(from, 'initrd.gz'), ISOLINUX]) copyFileSync(file, join(content, basename(file)));
  writeFileSync(join(content, 'isolinux.cfg'), readFileSync(join(content, 'syslinux.cfg'), 'utf8').replace(/^path .*$/m, ''));
  const image = join(folder, 'installer.iso');
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-J', '-R', '-V', 'INSTALLER', '-b', 'isolinux.bin', '-c', 'boot.cat', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table',
    '-o', image, content], { stdio: 'ignore' });
  return image;
}

const INIT = `#!/bin/sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in ${MODULES.join(' ')}; do insmod /modules/$module.ko; done
hostname small-linux
# With "events", each input device is printed on a serial port of its own, whenever it is plugged in.
print_events() {
    while :; do
        for name in /sys/class/input/event*/device/name; do
            device=\${name%/device/name}
            case "$(cat $name 2>/dev/null)" in
                *"$1"*) evtest --grab /dev/input/\${device##*/} >$2 2>&1 ;;
            esac
        done
        usleep 100000
    done
}
if grep -qw events /proc/cmdline; then
    for line in ttyS0 ttyS1 ttyS2 ttyS3; do stty -F /dev/$line raw 2>/dev/null; done
    print_events 'AT Translated' /dev/ttyS0 &
    print_events 'USB Keyboard' /dev/ttyS1 &
    print_events 'USB Tablet' /dev/ttyS2 &
    print_events 'PS/2' /dev/ttyS3 &
    wait
fi
exec init
`;

/** A Linux with one user and a shell. @returns {{kernel: string, initrd: string}} paths */
export function buildLinux(folder) {
  const root = join(folder, 'root');
  for (const name of ['bin', 'dev', 'etc/acpi/PWRF', 'mnt', 'modules', 'proc', 'sys', 'tmp']) mkdirSync(join(root, name), { recursive: true });
  copyFileSync(BUSYBOX, join(root, 'bin/busybox'));
  symlinkSync('busybox', join(root, 'bin/sh'));
  for (const library of execFileSync('ldd', [EVTEST], { encoding: 'utf8' }).match(/\/\S+/g)) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  copyFileSync(EVTEST, join(root, 'bin/evtest'));
  for (const name of MODULES) copyFileSync(join(KERNEL, `${name}.ko`), join(root, 'modules', `${name}.ko`));
  const script = (name, text) => {
    writeFileSync(join(root, name), text);
    chmodSync(join(root, name), 0o755);
  };
  script('init', INIT);
  script('etc/acpi/PWRF/00000080', '#!/bin/sh\nexec poweroff\n');
  writeFileSync(join(root, 'etc/inittab'), '::respawn:/bin/acpid -f -l /dev/null\ntty1::respawn:/bin/getty 0 tty1\n::shutdown:/bin/umount -a -r\n');
  const hash = execFileSync('openssl', ['passwd', '-6', USER_PASSWORD], { encoding: 'utf8' }).trim();
  writeFileSync(join(root, 'etc/passwd'), `root:*:0:0::/:/bin/sh\n${USER}:${hash}:0:0::/:/bin/sh\n`);
  writeFileSync(join(root, 'etc/issue'), 'A small Linux for tests\n\n');
  writeFileSync(join(root, 'etc/motd'), 'Welcome to the small Linux.\n');
  const initrd = join(folder, 'initrd.gz');
  execFileSync('sh', ['-c', 'cd "$1" && find . | cpio -o -H newc --quiet --owner 0:0 | gzip -1 >"$2"', 'sh', root, initrd]);
  return { kernel: join(KERNEL, 'vmlinuz'), initrd };
}

/** A CD of this Linux for BIOS and UEFI. @returns {string} its path */
export function buildLinuxCd(folder) {
  const { kernel, initrd } = buildLinux(folder);
  const content = join(folder, 'cd');
  mkdirSync(join(content, 'boot/grub'), { recursive: true });
  copyFileSync(kernel, join(content, 'boot/vmlinuz'));
  copyFileSync(initrd, join(content, 'boot/initrd.gz'));
  // Under UEFI, Linux has a console only if GRUB hands over its screen.
  const screen = 'if [ "$grub_platform" = efi ]; then\n  insmod all_video\n  set gfxpayload=keep\nfi\n';
  writeFileSync(join(content, 'boot/grub/grub.cfg'), screen + 'set timeout=-1\nmenuentry "Memory test" {\n  reboot\n}\nmenuentry "Small Linux" {\n  linux /boot/vmlinuz quiet\n  initrd /boot/initrd.gz\n}\n');
  writeFileSync(join(content, 'answer.txt'), 'This text is on the CD.\n');
  const image = join(folder, 'small-linux.iso');
  execFileSync('grub-mkrescue', ['-o', image, content, '--', '-volid', NAME_OF_MEDIUM], { stdio: 'ignore' });
  return image;
}
