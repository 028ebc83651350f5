"""The USB port with its cable: an emulated controller whose other end is this machine's own USB host."""
import os, re, subprocess
from host import Events, nodes, read, sh, until

ALL = ('keyboard', 'pointer', 'mouse', 'consumer', 'system')
GADGET = '/sys/kernel/config/usb_gadget/catseye'


# The helper runs with what its unit grants, and no more.
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'catseye-gadget.service')) as unit:
    GRANTED = re.search('^CapabilityBoundingSet=(.*)$', unit.read(), re.M)[1].lower().replace('cap_', '+').split()


class Port:
    """`how`: dummy is always connected; vudc has a cable that can be pulled."""
    def __init__(self, how, helper):
        self.vudc, self.open = how == 'vudc', {}
        self.helper = f'setpriv --no-new-privs --bounding-set {",".join(["-all", *GRANTED])} sh {helper}'
        self.udc = 'usbip-vudc.0' if self.vudc else 'dummy_udc.0'
        sh('modprobe -a usbhid hid-generic evdev ' + ('usbip-vudc vhci-hcd' if self.vudc else 'dummy_hcd'))
        # What the unit asks systemd for.
        sh('modprobe libcomposite; mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config')
        if self.vudc:
            self.usbipd = subprocess.Popen(['usbipd', '--device'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def up(self, *options):
        sh(f'{self.helper} up --group nogroup --udc {self.udc} {" ".join(options)}')

    def down(self):
        sh(f'{self.helper} down')

    def plug(self):
        """Puts the cable in; the other kind of controller is always connected. usbip now and then gets stuck in the middle of
        an enumeration, without the gadget's doing: then once more."""
        for _ in range(4 if self.vudc else 0):
            until(lambda: 'error' not in sh(f'usbip attach -r 127.0.0.1 -d {self.udc} 2>&1', check=False), 10, 0.3)
            if until(lambda: read(f'/sys/class/udc/{self.udc}/state') == 'configured', 8):
                return
            self.pull()

    def pull(self):
        for port in sh("usbip port 2>/dev/null | sed -n 's/^Port \\([0-9]*\\):.*/\\1/p'", check=False).split():
            sh(f'usbip detach -p {port}', check=False)

    def listen(self, *roles):
        """Opens the host's event devices of these roles; waits until they exist and no others do."""
        for each in self.open.values():
            each.close()
        self.open = {}
        found = until(lambda: set(nodes()) == set(roles) and nodes(), step=0.1) or {}
        if set(found) != set(roles):
            raise RuntimeError(f'the host has {nodes()} instead of {roles}')
        self.open = {role: Events(path) for role, path in found.items()}
        return self.open

    def end(self):
        if self.vudc:
            self.usbipd.terminate()
