"""The other end of the cable, as the kernel of the guest sees it: USB device and input events."""
import fcntl, glob, os, select, struct, subprocess, time

# How long a thing that must come may take: the guest is emulated, and the machine may be busy.
PATIENCE = 45
KEY, REL, ABS = 1, 2, 3
REL_X, REL_Y, REL_HWHEEL, REL_WHEEL = 0, 1, 6, 8
BUTTONS = [0x110, 0x111, 0x112, 0x113, 0x114]
EVENT = struct.Struct('llHHi')


def read(path):
    try:
        with open(path) as f:
            return f.read().strip()
    except OSError:
        return ''


def until(condition, seconds=PATIENCE, step=0.02):
    """The first true answer of `condition`, or its last one when the time is over."""
    end = time.time() + seconds
    while True:
        answer = condition()
        if answer or time.time() > end:
            return answer
        time.sleep(step)


def sh(command, check=True):
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    if check and done.returncode:
        raise RuntimeError(f'{command}: {done.returncode}: {done.stdout}{done.stderr}')
    return done.stdout + done.stderr


class Events:
    """One input device, opened: events since the last look."""
    def __init__(self, path):
        self.path, self.fd, self.rest = path, os.open(path, os.O_RDONLY | os.O_NONBLOCK), []
        self.poll = select.poll()
        self.poll.register(self.fd, select.POLLIN)

    def take(self, count, seconds=PATIENCE / 3, kinds=(KEY, REL, ABS)):
        """Waits for `count` events of these kinds; (kind, code, value) each. Fewer if no more come."""
        found, end = [], time.time() + seconds
        while len(found) < count and time.time() < end:
            if self.poll.poll(max(1, (end - time.time()) * 1000)):
                try:
                    data = os.read(self.fd, EVENT.size * 64)
                except OSError:
                    break
                self.rest += [EVENT.unpack_from(data, at)[2:] for at in range(0, len(data), EVENT.size)]
            while self.rest and len(found) < count:
                event = self.rest.pop(0)
                # 11 and 12 are the fine-grained twins of the wheels; 2 is a key that repeats
                if event[0] in kinds and not (event[0] == REL and event[1] in (11, 12)) and not (event[0] == KEY and event[2] == 2):
                    found.append(event)
        return found

    def drain(self, quiet=0.15):
        while self.take(64, quiet):
            pass

    def down(self):
        """Codes of the keys that the kernel holds down (EVIOCGKEY)."""
        bits = bytearray(96)
        fcntl.ioctl(self.fd, 2 << 30 | len(bits) << 16 | ord('E') << 8 | 0x18, bits)
        return {n for n in range(len(bits) * 8) if bits[n // 8] >> n % 8 & 1}

    def place(self):
        """x and y of an absolute device (EVIOCGABS)."""
        values = []
        for axis in (0, 1):
            info = bytearray(24)
            fcntl.ioctl(self.fd, 2 << 30 | len(info) << 16 | ord('E') << 8 | 0x40 + axis, info)
            values.append(struct.unpack_from('i', info)[0])
        return tuple(values)

    def close(self):
        os.close(self.fd)


def device(vendor='1d6b', product='0104'):
    """The USB device's folder in sysfs."""
    for path in glob.glob('/sys/bus/usb/devices/*'):
        if read(path + '/idVendor') == vendor and read(path + '/idProduct') == product:
            return path
    return ''


def nodes():
    """Event nodes of our device by role."""
    found = {}
    for path in glob.glob('/sys/class/input/event*'):
        if not read(path + '/device/name').startswith('Catseye'):
            continue
        first = {each: int((read(f'{path}/device/capabilities/{each}').split() or ['0'])[-1], 16) & 1 for each in ('led', 'abs', 'rel')}
        role = 'system' if read(path + '/device/name').endswith('System Control') else 'keyboard' if first['led'] else 'pointer' if first['abs'] else 'mouse' if first['rel'] else 'consumer'
        found[role] = '/dev/input/' + os.path.basename(path)
    return found
