#!/usr/bin/env python3
"""prove.py ARCHITECTURE HELPER DISTRIBUTION   runs as root in the emulated board: Catseye as an ordinary user, with the Java in JAVA_HOME; its picture is
that of vivid, and its keys go over dummy_hcd to the input devices of this kernel. Prints one line a check."""
import http.client, os, sys
import checks, host, product
from checks import check, equal
from host import KEY, sh, until
from port import ALL, Port
from product import PORT, Catseye

NODE = '/dev/video10'
# Of vivid's HDMI input.
WIDTH_AND_HEIGHT = 1280, 720
architecture, helper, distribution = sys.argv[1:]
# Two architectures are emulated by one slow processor.
host.PATIENCE = product.PATIENCE = 120


def snapshot(catseye):
    """The newest picture; empty if there is none."""
    connection = http.client.HTTPConnection('127.0.0.1', PORT, timeout=120)
    connection.request('GET', '/api/v1/targets/default/snapshot.jpeg', headers={'Cookie': catseye.cookie})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return content if answer.status == 200 else b''


def size(jpeg):
    """Width and height in the header of a JPEG; None for other content."""
    at = 2
    while jpeg[:2] == b'\xff\xd8' and at + 9 < len(jpeg) and jpeg[at] == 0xff:
        if jpeg[at + 1] in (0xc0, 0xc1, 0xc2):
            return int.from_bytes(jpeg[at + 7:at + 9], 'big'), int.from_bytes(jpeg[at + 5:at + 7], 'big')
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4], 'big')
    return None


checks.about(f'{architecture}: product')
sh(f'v4l2-ctl -d {NODE} --set-ctrl=dv_timings_signal_mode=0')
port = Port('dummy', helper)
port.up()
home = f'/tmp/home-{architecture}'
os.makedirs(home + '/config')
with open(home + '/config/org.catseye.capture.v4l2~vivid.cfg', 'w') as f:
    f.write(f'kvm.target = default\ndevice = {NODE}\n')
catseye = Catseye(distribution, home, 'ms2109', 'hid-gadget')
with open(f'/proc/{catseye.process.pid}/exe', 'rb') as f:
    bits = {1: 32, 2: 64}[f.read(5)[4]]
print(f'     started in {catseye.seconds:.0f} s, a program of {bits} bits', flush=True)
equal('the Java is that of the architecture', {'arm64': 64, 'armhf': 32}[architecture], bits)
equal('log in', 200, catseye.login())
# The device is paused until somebody asks for a picture.
jpeg = until(lambda: snapshot(catseye), host.PATIENCE, 0.5)
check('a snapshot of vivid', jpeg, catseye.call('GET', 'targets'))
equal('it is a JPEG of the size of the input', WIDTH_AND_HEIGHT, size(jpeg))
viewer = catseye.viewer()
check('the remote computer accepts input', viewer.hid('READY', 'the remote computer accepts input'), viewer.said)
keyboard = port.listen(*ALL)['keyboard']
viewer.keys(True, 'KeyD')
viewer.keys(False, 'KeyD')
equal('a key arrives at the computer', [(KEY, 32, 1), (KEY, 32, 0)], keyboard.take(2, 60))
viewer.keys(True, 'CapsLock')
viewer.keys(False, 'CapsLock')
check('its lights come back', viewer.leds(0, capsLock=True), viewer.said)
viewer.keys(True, 'CapsLock')
viewer.keys(False, 'CapsLock')
viewer.close()
check('Catseye ends', catseye.stop() in (0, 143))
port.down()
checks.finish()
