#!/usr/bin/env python3
"""prove_drives.py dummy|vudc HELPER CLASSPATH [SCENARIO]...    runs as root in the rig's guest, on a real kernel: the drives of the USB
gadget, and the block devices that the host side makes of them, beside the keyboard. Prints one line a check."""
import glob, hashlib, os, random, subprocess, sys, threading, time
import checks
from checks import check, equal
from driver import Driver
from host import KEY, PATIENCE, device, read, sh, until
from port import ALL, GADGET, Port

how, helper, classpath, *wanted = sys.argv[1:]
vudc = how == 'vudc'
# usbip moves about 1 MB a second here.
SIZE = (2 if vudc else 24) << 20
MEDIA = '/tmp/media'
FUNCTION = GADGET + '/functions/mass_storage.drives'
checks.about('drives, ' + how)


def image(name, size=SIZE):
    path = f'{MEDIA}/{name}'
    with open(path, 'wb') as f:
        f.write(random.Random(name).randbytes(size))
    os.chmod(path, 0o666)
    return path


def digest(path):
    return sh(f'sha256sum <{path}').split()[0]


class Rig(Port):
    def __init__(self):
        super().__init__(how, helper)
        sh('modprobe -a usb-storage sr_mod sd_mod isofs vfat nls_cp437 nls_ascii nls_utf8', check=False)
        os.makedirs(MEDIA, exist_ok=True)
        self.up()
        self.driver = Driver(classpath, 'controller=' + self.udc)

    def block(self, drive):
        """The host's device of a drive."""
        model = {'cd': 'CD drive', 'disk': 'Disk'}[drive]
        found = until(lambda: [path for path in glob.glob('/sys/block/s*') if read(path + '/device/model') == model
                               and read(path + '/device/state') == 'running'], step=0.1)
        return '/dev/' + os.path.basename(found[0]) if found else ''

    def bytes_of(self, drive):
        """What the host believes the medium's size to be; 0 if it has none."""
        try:
            with open(self.block(drive), 'rb') as f:
                return f.seek(0, 2)
        except OSError:
            return 0

    def use(self, command):
        """The answer of a drive; an error with its message."""
        good, millis, words = self.driver.send(command)
        return words if good else 'error: ' + words

    def shows(self, drive, path):
        """Whether the host reads this image, all of it."""
        return until(lambda: self.bytes_of(drive) == os.path.getsize(path), step=0.2) and digest(self.block(drive)) == digest(path)

    def settle(self):
        """Both drives empty, for the host too."""
        for drive in ('cd', 'disk'):
            self.driver.send(f'eject {drive} force')
        until(lambda: not self.bytes_of('cd') and not self.bytes_of('disk'), step=0.2)


def devices(rig):
    equal('the keyboard is the first interface, the drives are the last one',
          ['03', '03', '03', '03', '08'], [read(f'{device()}/{os.path.basename(device())}:1.{n}/bInterfaceClass') for n in range(5)])
    check('the host has a CD drive and a disk', rig.block('cd').startswith('/dev/sr') and rig.block('disk').startswith('/dev/sd'),
          (rig.block('cd'), rig.block('disk')))
    equal('both are empty for the driver', ('empty', 'empty'), (rig.use('drive cd'), rig.use('drive disk')))
    equal('and for the host', (0, 0), (rig.bytes_of('cd'), rig.bytes_of('disk')))


def rights(rig):
    """The group may insert and eject, and no more; others may read at most."""
    for unit in glob.glob(GADGET + '/functions/mass_storage.*/lun.*'):
        for path in glob.glob(unit + '/*'):
            mode, group = os.stat(path).st_mode & 0o777, os.stat(path).st_gid
            given = os.path.basename(path) in ('file', 'ro', 'forced_eject')
            check(f'{path[len(GADGET):]} {mode:o}', mode & 0o002 == 0 and bool(mode & 0o020) == given and (group != 0) == given, (mode, group))
    check('nor may it add functions or drives', all(os.stat(path).st_gid == 0 and os.stat(path).st_mode & 0o022 == 0
                                                    for path in glob.glob(GADGET + '/functions') + glob.glob(GADGET + '/functions/*')))
    secret = image('secret.img', 1 << 20)
    os.chmod(secret, 0o600)
    check('the kernel opens an image with the rights of the driver, not of root', 'may not be read' in rig.use('insert disk ' + secret), rig.use('drive disk'))
    # Past the driver's own check:
    insert = lambda: sh(f"setpriv --reuid=65534 --regid=65534 --clear-groups sh -c 'echo {secret} >{FUNCTION}/lun.1/file' 2>&1", check=False)
    refusal = insert()
    check('also when another program of that user asks', 'rror' in refusal and not read(FUNCTION + '/lun.1/file'), refusal)
    os.chmod(secret, 0o644)
    equal('an image that it may read is inserted', ('', secret), (insert(), read(FUNCTION + '/lun.1/file')))


def cd(rig):
    number = read(device() + '/devnum')
    os.makedirs(MEDIA + '/tree', exist_ok=True)
    for n in range(4):
        with open(f'{MEDIA}/tree/file{n}.bin', 'wb') as f:
            f.write(random.Random(n).randbytes(SIZE // 5))
    sh(f'genisoimage -quiet -R -J -V CATSEYE -o {MEDIA}/tree.iso {MEDIA}/tree')
    answer = rig.use(f'insert cd {MEDIA}/tree.iso')
    equal('an ISO is inserted', f'{MEDIA}/tree.iso ro', answer)
    check('the host reads it byte for byte', rig.shows('cd', MEDIA + '/tree.iso'))
    sh(f'mkdir -p /tmp/mnt; mount -o ro {rig.block("cd")} /tmp/mnt')
    equal('it mounts, with the files', '', sh(f'diff -r {MEDIA}/tree /tmp/mnt', check=False))
    equal('a mounted CD is locked, and it is said', 'error: The remote computer has locked the drive.', rig.use('eject cd'))
    equal('the reading shows the lock', f'{MEDIA}/tree.iso ro locked', rig.use('drive cd'))
    sh('umount /tmp/mnt')
    equal('and its end', f'{MEDIA}/tree.iso ro', until(lambda: 'locked' not in rig.use('drive cd') and rig.use('drive cd')))
    sh(f'eject -r {rig.block("cd")}')
    equal('the host ejects it', 'empty', until(lambda: rig.use('drive cd') == 'empty' and 'empty'))
    equal('the host has no medium', 0, rig.bytes_of('cd'))
    equal('the device was never disconnected', number, read(device() + '/devnum'))


def disk(rig):
    number = read(device() + '/devnum')
    path = f'{MEDIA}/fat.img'
    sh(f'truncate -s {SIZE} {path}; chmod 666 {path}; busybox mkdosfs -n CATSEYE {path} >/dev/null')
    equal('a FAT image is inserted for writing', path + ' rw', rig.use(f'insert disk {path} rw'))
    check('the host reads it byte for byte', rig.shows('disk', path))
    sh(f'mkdir -p /tmp/mnt; mount -t vfat {rig.block("disk")} /tmp/mnt')
    content = random.Random(9).randbytes(SIZE // 4)
    with open('/tmp/mnt/file.bin', 'wb') as f:
        f.write(content)
    sh('umount /tmp/mnt')
    equal('ejected', 'empty', rig.use('eject disk'))
    check('what the host wrote is in the image', content in open(path, 'rb').read())
    before = digest(path)
    equal('read-only', path + ' ro', rig.use(f'insert disk {path}'))
    check('the host reads it', rig.shows('disk', path))
    sh(f'mount -t vfat -o ro {rig.block("disk")} /tmp/mnt')
    equal('and mounts it', content, open('/tmp/mnt/file.bin', 'rb').read())
    sh('umount /tmp/mnt')
    refused = sh(f'dd if=/dev/zero of={rig.block("disk")} bs=512 count=1 conv=fsync 2>&1', check=False)
    check('and cannot write to it', 'rror' in refused or 'ermi' in refused or 'ead-only' in refused, refused)
    sh(f'eject -s {rig.block("disk")}')
    equal('the host ejects it', 'empty', until(lambda: rig.use('drive disk') == 'empty' and 'empty'))
    equal('a read-only image is unchanged', before, digest(path))
    equal('the device was never disconnected', number, read(device() + '/devnum'))


def large(rig):
    """5 GB: the kernel shows the first 2.3 GB of a CD."""
    path = f'{MEDIA}/large.iso'
    sh(f'truncate -s 5G {path}; chmod 666 {path}')
    with open(path, 'r+b') as f:
        f.seek(-512, 2)
        f.write(b'the last sector'.ljust(512))
    sh(f'echo 1 >{FUNCTION}/lun.0/forced_eject; echo {path} >{FUNCTION}/lun.0/file')
    until(lambda: rig.bytes_of('cd'), step=0.2)
    equal('bytes of 5 GB that the kernel alone would show as a CD', 1151999 * 2048, rig.bytes_of('cd'))
    rig.settle()
    answer = rig.use('insert cd ' + path)
    check('the driver refuses it and names the way', 'first 2.3 GB' in answer and '"disk"' in answer, answer)
    equal('as a disk it is inserted', path + ' ro', rig.use('insert disk ' + path))
    equal('in full size', 5 << 30, until(lambda: rig.bytes_of('disk'), step=0.2))
    with open(rig.block('disk'), 'rb') as f:
        f.seek(-512, 2)
        equal('to the last sector', b'the last sector', f.read().strip())


class Reader:
    """Reads a drive without a pause until the block ends, whatever happens to it."""
    def __init__(self, rig, drive):
        self.rig, self.drive, self.running, self.bytes, self.errors = rig, drive, True, 0, 0

    def __enter__(self):
        self.thread = threading.Thread(target=self._read)
        self.begun = time.time()
        self.thread.start()
        return self

    def _read(self):
        path = self.rig.block(self.drive)
        while self.running:
            try:
                with open(path, 'rb', buffering=0) as f:
                    # Held open, and thus locked, until the medium is gone.
                    while self.running:
                        got = len(f.read(1 << 18))
                        self.bytes += got
                        if not got:
                            f.seek(0)
                            os.posix_fadvise(f.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            except OSError:
                self.errors += 1
                time.sleep(0.05)

    def __exit__(self, *_):
        self.running = False
        self.thread.join()
        self.rate = self.bytes / (time.time() - self.begun) / 1e6


def keyboard_works(rig, when):
    keyboard = rig.open['keyboard']
    keyboard.drain()
    # A busy emulated port now and then refuses a report within the driver's time limit, which the driver then repeats by priming.
    for _ in range(5):
        rig.driver.send('keys 0 4')
        rig.driver.send('keys 0')
        found = keyboard.take(2)
        if found == [(KEY, 30, 1), (KEY, 30, 0)]:
            break
        keyboard.drain()
    equal('keys arrive ' + when, [(KEY, 30, 1), (KEY, 30, 0)], found)


def force(rig):
    path, other = image('a.img'), image('b.img')
    number = read(device() + '/devnum')
    rig.use('insert disk ' + path)
    rig.shows('disk', path)
    with Reader(rig, 'disk') as reader:
        until(lambda: reader.bytes)
        equal('a drive that is being read is locked', 'error: The remote computer has locked the drive.', rig.use('eject disk'))
        equal('another image is refused as well', 'error: The remote computer has locked the drive.', rig.use('insert disk ' + other))
        equal('ejected by force during a read', 'empty', rig.use('eject disk force'))
        check('the host gets an error', until(lambda: reader.errors), reader.errors)
        keyboard_works(rig, 'after it')
    equal('the next image', other + ' ro', rig.use('insert disk ' + other))
    check('the host reads it', rig.shows('disk', other))
    equal('the device was never disconnected', number, read(device() + '/devnum'))


def swaps(rig):
    number, paths = read(device() + '/devnum'), [image('a.img', SIZE), image('b.img', SIZE // 2)]
    with Reader(rig, 'disk') as reader:
        for n in range(10 if vudc else 40):
            rig.use('eject disk force')
            answer = rig.use('insert disk ' + paths[n % 2])
            if answer != paths[n % 2] + ' ro' and not answer.endswith('locked'):
                check(f'swap {n}', False, answer)
            time.sleep(random.random() * 0.3)
    check(f'{n + 1} swaps under load: {reader.bytes >> 20} MiB read, {reader.errors} times there was no medium', reader.bytes > 0)
    check('at the end the host reads the last image', rig.shows('disk', paths[n % 2]), (rig.bytes_of('disk'), rig.use('drive disk')))
    keyboard_works(rig, 'at the end')
    equal('the device was never disconnected', number, read(device() + '/devnum'))


def measure(rig, count):
    """Milliseconds from the call to the event, sorted; and how many did not arrive."""
    keyboard, times, lost = rig.open['keyboard'], [], 0
    keyboard.drain()
    for n in range(count):
        for command, event in (('keys 0 4', (KEY, 30, 1)), ('keys 0', (KEY, 30, 0))):
            begun = time.time()
            rig.driver.send(command)
            if keyboard.take(1, 5) == [event]:
                times.append((time.time() - begun) * 1000)
            else:
                lost += 1
                keyboard.drain()
    times.sort()
    return times, lost


def keys_while_reading(rig):
    path = image('a.img')
    rig.use('insert disk ' + path)
    rig.shows('disk', path)
    count = 60 if vudc else 250
    measure(rig, count // 4)
    idle, lost_idle = measure(rig, count)
    with Reader(rig, 'disk') as reader:
        until(lambda: reader.bytes)
        busy, lost = measure(rig, count)
    spot = lambda times, share: f'{times[int(len(times) * share)]:.1f}'
    print(f'     {how}: ms from the call to the event, p50 / p99 / longest: idle {spot(idle, .5)} / {spot(idle, .99)} / {idle[-1]:.1f}, while the '
          f'disk streams {reader.rate:.1f} MB/s {spot(busy, .5)} / {spot(busy, .99)} / {busy[-1]:.1f}; lost {lost_idle} and {lost} of {2 * count}', flush=True)
    check('all keys arrive while the disk streams', lost <= lost_idle + (2 * count // 50 if vudc else 0), (lost, lost_idle))
    check('the disk was read meanwhile', reader.bytes > SIZE // 4 and not reader.errors, (reader.bytes, reader.errors))


def cable(rig):
    path, iso = image('a.img'), f'{MEDIA}/a.iso'
    sh(f'cp {path} {iso}')
    rig.use('insert disk ' + path)
    rig.use('insert cd ' + iso)
    rig.shows('disk', path)
    for _ in range(2):
        mark = rig.driver.mark()
        rig.pull()
        check('the unplugged cable is reported', rig.driver.heard('offline', mark), rig.driver.said[mark:])
        equal('the media stay in the drives', (path + ' ro', iso + ' ro'), (rig.use('drive disk'), rig.use('drive cd')))
        mark = rig.driver.mark()
        rig.plug()
        check('plugged in again', rig.driver.heard('ready', mark), rig.driver.said[mark:])
        check('the host reads the disk', rig.shows('disk', path))
        check('and the CD', rig.shows('cd', iso))
        rig.listen(*ALL)
    with Reader(rig, 'disk') as reader:
        until(lambda: reader.bytes)
        rig.pull()
        equal('a medium is ejected without a host, in the middle of a transfer', 'empty', rig.use('eject disk force'))
    rig.plug()
    rig.listen(*ALL)
    equal('and is not there after that', 0, rig.bytes_of('disk'))
    check('the other one is', rig.shows('cd', iso))
    keyboard_works(rig, 'after it')


def profiles(rig):
    """A profile without drives, and back."""
    path = image('a.img')
    rig.use('insert disk ' + path)
    rig.driver.send(f'use profile=boot controller={rig.udc}')
    until(lambda: read(GADGET + '/configs/c.1/strings/0x409/configuration') == 'boot' and read(GADGET + '/UDC') == rig.udc)
    rig.plug()
    rig.listen('keyboard', 'mouse')
    check('the profile for firmware has no drives', not glob.glob(device() + '/*:1.2'), glob.glob(device() + '/*'))
    answer = rig.use('drive disk')
    check('which the drive reports', answer.startswith('error: The remote computer does not see the drives'), answer)
    rig.driver.send(f'use controller={rig.udc}')
    until(lambda: read(GADGET + '/configs/c.1/strings/0x409/configuration') == 'full' and read(GADGET + '/UDC') == rig.udc)
    rig.plug()
    rig.listen(*ALL)
    equal('back in the profile full, the medium is still in the drive', path + ' ro', rig.use('drive disk'))
    check('and the host reads it', rig.shows('disk', path))
    out = sh(f'{rig.helper} status')
    check('the helper shows the drives', 'drive: cd, ' in out and f'medium: {path}' in out, out)
    good, _, words = rig.driver.send('act replug')
    check('virtual re-plug', good, words)
    rig.plug()
    rig.listen(*ALL)
    equal('the medium is still in the drive', path + ' ro', rig.use('drive disk'))
    rig.up()
    equal('the helper, run again, keeps the medium', path + ' ro', rig.use('drive disk'))


def choices(rig):
    for drives, version, expected in (('cd', '0240', ['cd']), ('disk', '0340', ['disk']), ('none', '0140', [])):
        rig.driver.send(f'use drives={drives} controller={rig.udc}')
        until(lambda: read(device() + '/bcdDevice') == version or rig.plug())
        rig.listen(*ALL)
        want = {'cd': 'CD drive', 'disk': 'Disk'}
        models = lambda: sorted(read(path) for path in glob.glob('/sys/block/s*/device/model'))
        equal(f'drives={drives}', sorted(want[each] for each in expected), until(lambda: len(models()) == len(expected) and models()) or models())
    rig.driver.send(f'use controller={rig.udc}')
    until(lambda: read(device() + '/bcdDevice') == '0440' or rig.plug())
    rig.listen(*ALL)


def leaks(rig):
    """200 times in and out: open files, threads and memory."""
    path, pid = image('a.img', 1 << 20), rig.driver.process.pid
    number = read(device() + '/devnum')

    def figures():
        java = [p for p in [pid] + [int(each) for each in sh(f'pgrep -P {pid} || true').split()] if 'java' in read(f'/proc/{p}/comm')][0]
        memory = dict(line.split(':') for line in read('/proc/meminfo').splitlines())
        return (len(os.listdir(f'/proc/{java}/fd')), len(os.listdir(f'/proc/{java}/task')), int(read('/proc/sys/fs/file-nr').split()[0]),
                int(memory['SUnreclaim'].split()[0]), int(read(f'/proc/{java}/status').split('VmRSS:')[1].split()[0]))

    def cycle():
        rig.use('insert disk ' + path)
        return rig.use('eject disk')
    for _ in range(20):
        cycle()
    rig.driver.send('drive cd')
    before = figures()
    wrong = [answer for answer in (cycle() for _ in range(200)) if answer not in ('empty', 'error: The remote computer has locked the drive.')]
    rig.settle()
    after = figures()
    print(f'     {how}: before and after 200 cycles: files of the driver {before[0]}, {after[0]}; its threads {before[1]}, {after[1]}; open files of the '
          f'system {before[2]}, {after[2]}; kernel memory {before[3]}, {after[3]} kB; driver {before[4]}, {after[4]} kB', flush=True)
    equal('200 cycles work', [], wrong)
    check('they leave no open file', after[0] <= before[0] + 1 and after[2] <= before[2] + 64, (before, after))
    check('no thread', after[1] <= before[1] + 2, (before, after))
    check('and no memory', after[3] <= before[3] + 4096, (before, after))
    equal('the device was never disconnected', number, read(device() + '/devnum'))
    sh(f'rm {path}')


def contract(rig):
    rig.driver.stop()
    for drive in ('cd', 'disk'):
        out = sh(f'java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Drig.drive={drive} -Drig.udc={rig.udc} '
                 f'-cp {classpath} org.junit.runner.JUnitCore org.catseye.hid.gadget.drives.RigDriveContract', check=False)
        check(f'MediaDriveContract against the real kernel, {drive}: ' + ''.join(l for l in out.splitlines() if l.startswith('OK')),
              '\nOK (' in out, out[-4000:])


def main():
    rig = Rig()
    rig.plug()
    check('ready, as an ordinary user', rig.driver.heard('ready', 0, PATIENCE * 4), rig.driver.said)
    rig.listen(*ALL)
    scenarios = (devices, rights, cd, disk, large, force, swaps, keys_while_reading, *([cable] if vudc else []), profiles, choices, leaks)
    for scenario in scenarios:
        checks.run((scenario,), wanted, rig)
        if not wanted or scenario.__name__ in wanted:
            rig.settle()
    if not vudc and (not wanted or 'contract' in wanted):
        contract(rig)
    else:
        equal('the driver ends by itself when its input ends', 0, rig.driver.stop())
    path = image('a.img', 1 << 20)
    sh(f'echo {path} >{FUNCTION}/lun.1/file')
    rig.down()
    check('nothing is left, although a medium was in a drive', not os.path.exists(GADGET))
    rig.end()
    if checks.failed:
        with open('/ctl/driver.log', 'a') as log:
            log.write(sh('dmesg | tail -n 60'))
    checks.finish()


main()
