#!/usr/bin/env python3
"""prove_product.py HELPER DISTRIBUTION [SCENARIO]...    runs as root in the rig's guest: Catseye itself, as an ordinary user, from its
distribution; what viewers send over the control socket against what arrives at the input devices of a real kernel's USB host. First on the
controller that is always connected, then, by a change of the settings, on the one whose cable can be pulled. Prints one line a check."""
import os, random, shutil, sys, threading, time
import checks
from checks import check, equal
from control_socket import ControlSocket
from host import BUTTONS, EVENT, KEY, PATIENCE, REL, REL_HWHEEL, REL_WHEEL, REL_X, REL_Y, nodes, read, until
from port import ALL, Port
from product import PORT, Catseye, Viewer

HERE = os.path.dirname(os.path.abspath(__file__))
helper, distribution, *wanted = sys.argv[1:]
HOME = '/tmp/home'
VIRTUAL = 'org.catseye.virtual-'
STEPS = 10_000


# The reason shown while the remote computer fetches reports.
READY = 'the remote computer accepts input'


class World:
    """One Catseye, one port at a time, and one permanent viewer."""
    def __init__(self):
        self.catseye, self.port, self.viewer = None, None, None

    def open(self, role):
        return self.port.open[role]

    def down(self):
        """Codes that the host holds down, on any of the devices."""
        return set().union(*(each.down() for each in self.port.open.values()))

    def holds(self, *codes):
        """Waits until it holds just these. What it holds then."""
        until(lambda: self.down() == set(codes))
        return self.down()

    def ready(self, mark=0):
        """Waits until Catseye reports that the remote computer accepts input, and until the host has its devices."""
        well = self.viewer.hid('READY', READY, mark, PATIENCE * 2)
        self.port.listen(*ALL)
        return well


def table(name):
    with open(f'{HERE}/{name}') as lines:
        return [line.split() for line in lines if line.strip() and not line.startswith('#')]


def tap(world, events, code):
    """Presses and releases it. Where the machine is so busy that the host did not fetch in time, which Catseye then says, once more."""
    for _ in range(5):
        mark = world.viewer.mark()
        world.viewer.keys(True, code)
        world.viewer.keys(False, code)
        found = events.take(2)
        if len(found) == 2 or not world.viewer.hid('OFFLINE', '', mark, 1):
            return found
        world.viewer.hid('READY', '', mark)
        events.drain()
    return found


def all_codes(world):
    keys = {}
    for code, usage, name, number in table('keys.txt'):
        if code not in keys or usage.startswith('0c'):  # of two usages the one that has a device of its own
            keys[code] = usage, name, int(number)
    equal('codes of the table that the gadget has no device for', set(), {code for code, *_ in table('key-codes.txt')} - set(keys))
    wrong = []
    for code, (usage, name, number) in keys.items():
        events = world.open({'0c': 'consumer', '01': 'system'}.get(usage[:2], 'keyboard'))
        found = tap(world, events, code)
        if found != [(KEY, number, 1), (KEY, number, 0)]:
            wrong.append(f'{code} ({usage}) should be {name} ({number}), came as {found}')
            events.drain()
    equal(f'each of {len(keys)} codes of KeyboardEvent.code arrives as the right key of Linux', [], wrong)


def chords_and_rollover(world):
    viewer = world.viewer
    viewer.keys(True, 'ControlLeft', 'ShiftLeft', 'KeyA')
    equal('Ctrl+Shift+A', {29, 42, 30}, world.holds(29, 42, 30))
    viewer.say('releaseAll')
    equal('releaseAll', set(), world.holds())
    viewer.keys(True, 'ControlLeft', 'ShiftLeft', 'AltLeft', 'MetaLeft', 'ControlRight', 'ShiftRight', 'AltRight', 'MetaRight',
                'KeyA', 'KeyB', 'KeyC', 'KeyD', 'KeyE', 'KeyF')
    want = {29, 42, 56, 125, 97, 54, 100, 126, 30, 48, 46, 32, 18, 33}
    equal('all modifiers and six keys', want, world.holds(*want))
    viewer.keys(True, 'KeyG')
    world.open('keyboard').drain()
    equal('a seventh key changes nothing for the host', want, world.down())
    viewer.keys(False, 'KeyA')
    want = want - {30} | {34}
    equal('when one is released, the other six are held', want, world.holds(*want))
    viewer.say('releaseAll')
    equal('all keys are released', set(), world.holds())
    world.open('keyboard').drain()


def absolute(world):
    viewer, pointer = world.viewer, world.open('pointer')
    for x, y in ((1, 0), (1, 1), (0, 1), (0, 0), (0.5, 0.25), (0.123456, 0.987654)):
        want = (int(x * 32767 + 0.5), int(y * 32767 + 0.5))
        viewer.say('pointer', x=x, y=y, buttons=0)
        until(lambda: pointer.place() == want)
        equal(f'absolute {x},{y}', want, pointer.place())
    pointer.drain()
    for bit, code in enumerate(BUTTONS):
        for buttons in (1 << bit, 0):
            viewer.say('pointer', x=0.123456, y=0.987654, buttons=buttons)
        equal(f'absolute button {bit}', [(KEY, code, 1), (KEY, code, 0)], pointer.take(2))
    for dx, dy in ((0, 1), (0, -1), (3, 0)):
        viewer.say('wheel', dx=dx, dy=dy)
    equal('wheel and pan', [(REL, REL_WHEEL, 1), (REL, REL_WHEEL, -1), (REL, REL_HWHEEL, 3)], pointer.take(3))


def relative(world):
    viewer, mouse = world.viewer, world.open('mouse')
    # The host starts to poll a device at the first report.
    viewer.say('move', dx=1, dy=0, buttons=0)
    mouse.drain(1)
    for dx, dy in ((5, -7), (300, -300), (-4000, 13)):
        viewer.say('move', dx=dx, dy=dy, buttons=0)
        moved = {REL_X: [0], REL_Y: [0]}
        until(lambda: [moved[code].append(value) for _, code, value in mouse.take(64, 0.1)] and False
              or (sum(moved[REL_X]), sum(moved[REL_Y])) == (dx, dy), PATIENCE / 3)
        equal(f'relative {dx},{dy}', (dx, dy), (sum(moved[REL_X]), sum(moved[REL_Y])))
        check('in steps that a report holds', max(map(abs, moved[REL_X] + moved[REL_Y])) <= 127, moved)
    for bit, code in enumerate(BUTTONS):
        for buttons in (1 << bit, 0):
            viewer.say('move', dx=0, dy=0, buttons=buttons)
        equal(f'mouse button {bit}', [(KEY, code, 1), (KEY, code, 0)], mouse.take(2))
    viewer.say('wheel', dx=-2, dy=-5)
    equal('wheel and pan of the mouse', [(REL, REL_WHEEL, -5), (REL, REL_HWHEEL, -2)], mouse.take(2))


def lights(world):
    """Linux's text console sets these when the keys are pressed, and a program of the host the third."""
    now = [m for m in world.viewer.said if m['type'] == 'leds'][-1]
    for code, light in (('CapsLock', 'capsLock'), ('NumLock', 'numLock')):
        # Whatever was pressed before: on and off again, or off and on.
        for on in (not now[light], now[light]):
            mark = world.viewer.mark()
            tap(world, world.open('keyboard'), code)
            check(f'{light} {"on" if on else "off"} is reported to the viewer', world.viewer.leds(mark, **{light: on}), world.viewer.said[mark:])
    keyboard = os.open(nodes()['keyboard'], os.O_RDWR)
    for on in (1, 0):
        mark = world.viewer.mark()
        os.write(keyboard, EVENT.pack(0, 0, 0x11, 2, on) + EVENT.pack(0, 0, 0, 0, 0))
        check(f'scrollLock {on} is reported to the viewer', world.viewer.leds(mark, scrollLock=bool(on)), world.viewer.said[mark:])
    os.close(keyboard)


def two_viewers(world):
    for name, leave in (('closes the page', Viewer.close), ('is torn away', Viewer.tear)):
        other = world.catseye.viewer()
        world.viewer.keys(True, 'KeyA', 'KeyC')
        other.keys(True, 'ShiftLeft', 'KeyB', 'KeyC')
        equal('two viewers hold keys', {30, 46, 42, 48}, world.holds(30, 46, 42, 48))
        leave(other)
        equal(f'one {name}: only its keys are released', {30, 46}, world.holds(30, 46))
        world.viewer.say('releaseAll')
        equal('then the others', set(), world.holds())


def self_check(world):
    """Over REST; then two users replug at the same time while others type."""
    found = [each for each in world.catseye.checks() if each['id'].startswith('org.catseye.hid.gadget')]
    check('the self-check finds no fault', found and all(item['ok'] for item in found[0]['items']) and world.port.udc in str(found), found)
    mark = world.viewer.mark()
    with Load(world) as load:
        answers = []
        both = [threading.Thread(target=lambda: answers.append(world.catseye.replug())) for _ in range(2)]
        [each.start() for each in both]
        [each.join() for each in both]
        check('of two simultaneous replug requests both are answered, at least one with success', sorted(answers) in ([204, 204], [204, 409]), answers)
        check('the interruption is reported', world.viewer.hid('OFFLINE', '', mark), world.viewer.said[mark:])
        check('and it comes back', world.viewer.hid('READY', READY, mark), world.viewer.said[mark:])
    settle(world, load)


class Load:
    """Two viewers type without a pause until the block ends. Keys that they hold then stay held."""
    def __init__(self, world):
        self.viewers = [world.catseye.viewer() for _ in range(2)]
        self.running, self.sent, self.broken = True, 0, []

    def __enter__(self):
        self.threads = [threading.Thread(target=self._type, args=(each, n)) for n, each in enumerate(self.viewers)]
        [each.start() for each in self.threads]
        return self

    def _type(self, viewer, n):
        codes = [f'Key{chr(65 + n * 13 + k)}' for k in range(13)]
        try:
            while self.running:
                code = random.choice(codes)
                viewer.key(code, True)
                time.sleep(0.01)
                viewer.key(code, random.random() < 0.1)
                self.sent += 2
        except OSError as e:
            self.broken.append(repr(e))

    def __exit__(self, *_):
        self.running = False
        [each.join() for each in self.threads]


def settle(world, load):
    """After a fault under load: the typists disconnect, no key is held, and typing works."""
    equal(f'no viewer lost the connection over {load.sent} keys', [], load.broken)
    words = {m['hid']['reason'] for m in world.viewer.said if m['type'] == 'state' and m['hid']['state'] == 'OFFLINE'}
    check('each reason is readable', all(len(each) > 20 and 'Exception' not in each and 'null' not in each for each in words), words)
    [each.tear() for each in load.viewers]
    world.ready()
    equal('no key is held after the typists have left', set(), world.holds())
    world.open('keyboard').drain()
    equal('typing works', [(KEY, 32, 1), (KEY, 32, 0)], tap(world, world.open('keyboard'), 'KeyD'))


def remade_under_load(world):
    with Load(world) as load:
        for _ in range(2):
            mark = world.viewer.mark()
            world.port.down()
            check('the removed gadget is reported', world.viewer.hid('OFFLINE', 'not set up', mark), world.viewer.said[mark:])
            mark = world.viewer.mark()
            world.port.up()
            world.port.plug()
            check('ready after it was created again', world.viewer.hid('READY', READY, mark, PATIENCE * 2), world.viewer.said[mark:])
    settle(world, load)


def failover(world):
    """To the pretend computer, whose bundle is dropped in while Catseye runs, and back."""
    jar = f'{HOME}/deploy/virtual.jar'
    shutil.copy(next(os.path.join(at, f) for at, _, files in os.walk(distribution + '/repository') for f in files if f.startswith(VIRTUAL)), jar + '.new')
    os.rename(jar + '.new', jar)
    check('another output is dropped in', until(lambda: world.catseye.call('GET', 'targets')[1][0]['video']['state'] == 'LIVE', PATIENCE * 2, 0.5))
    world.viewer.keys(True, 'ShiftLeft', 'KeyA')
    equal('the better one is used', {42, 30}, world.holds(42, 30))
    mark = world.viewer.mark()
    world.port.down()
    went = world.viewer.heard(lambda m: m['type'] == 'state' and m['hid']['state'] == 'READY' and READY not in m['hid']['reason'], mark)
    check('the gadget is removed: the other output takes over', went, world.viewer.said[mark:])
    world.viewer.say('releaseAll')

    def lit():
        mark = world.viewer.mark()
        world.viewer.keys(True, 'CapsLock')
        world.viewer.keys(False, 'CapsLock')
        return world.viewer.leds(mark, 3, capsLock=True)
    check('keys go there: its lights answer', until(lit, PATIENCE * 2), world.viewer.said[mark:])
    world.viewer.keys(True, 'AltLeft', 'KeyB')
    mark = world.viewer.mark()
    world.port.up()
    check('the gadget is back and used again', world.ready(mark), world.viewer.said[mark:])
    equal('with what is held now', {56, 48}, world.holds(56, 48))
    world.viewer.say('releaseAll')
    equal('and releases it', set(), world.holds())
    os.remove(jar)
    until(lambda: world.catseye.call('GET', 'targets')[1][0]['video']['state'] != 'LIVE', PATIENCE, 0.5)


# Keys that the host's text console ignores; no lock, no SysRq, no Ctrl+Alt+Del.
HARMLESS = [f'Key{chr(65 + n)}' for n in range(26)] + ['ShiftLeft', 'ControlRight', 'AltLeft', 'MetaLeft', 'Space', 'AudioVolumeUp', 'BrowserHome']


def random_disconnects(world):
    """Many sockets that press, point and end at random, most of them without a close message and with keys held."""
    rolls, sockets, ended, begun = random.Random(4), [], 0, time.time()
    for step in range(STEPS):
        if len(sockets) < 2 or len(sockets) < 6 and rolls.random() < 0.1:
            sockets.append(ControlSocket(PORT, world.catseye.cookie))
        at = rolls.randrange(len(sockets))
        roll = rolls.random()
        if roll < 0.04:
            one = sockets.pop(at)
            one.tear() if rolls.random() < 0.7 else one.close()
            ended += 1
        elif roll < 0.05:
            sockets[at].send('{"type":"releaseAll"}')
        elif roll < 0.12:
            sockets[at].send(f'{{"type":"pointer","x":{rolls.random():.4f},"y":{rolls.random():.4f},"buttons":{rolls.randrange(32)}}}')
        else:
            sockets[at].send(f'{{"type":"key","code":"{rolls.choice(HARMLESS)}","down":{"true" if rolls.random() < 0.6 else "false"}}}')
        if step % 50 == 49:
            answered(sockets[-1])
        if step % 1000 == 999:
            [each.tear() for each in sockets]
            ended += len(sockets)
            sockets = []
            if world.holds():
                break
    equal(f'after {step + 1} random steps with {ended} disconnects no key is held ({time.time() - begun:.0f} s)', (STEPS, set()), (step + 1, world.down()))


def answered(one):
    """Waits until the server has come to what was sent there: else all would be one long queue."""
    one.send('{"type":"ping","id":1}')
    while not any(message['type'] == 'pong' for message in one.hear()):
        continue


def cable(world):
    viewer, port = world.viewer, world.port
    for _ in range(2):
        viewer.keys(True, 'KeyA')
        equal('a key is held', {30}, world.holds(30))
        mark = viewer.mark()
        port.pull()
        check('the unplugged cable is reported', viewer.hid('OFFLINE', 'computer', mark), viewer.said[mark:])
        viewer.keys(False, 'KeyA')
        viewer.keys(True, 'ShiftLeft', 'KeyB')
        mark = viewer.mark()
        port.plug()
        check('the cable is in again: ready', world.ready(mark), viewer.said[mark:])
        equal('the host sees what is held now, and not what was', {42, 48}, world.holds(42, 48))
        viewer.say('releaseAll')
        equal('and it is released', set(), world.holds())
        world.open('keyboard').drain()
        equal('typing works', [(KEY, 32, 1), (KEY, 32, 0)], tap(world, world.open('keyboard'), 'KeyD'))


def cable_under_load(world):
    with Load(world) as load:
        mark = world.viewer.mark()
        world.port.pull()
        check('a cable unplugged under load is reported', world.viewer.hid('OFFLINE', '', mark), world.viewer.said[mark:])
        time.sleep(1)
        world.port.plug()
        check('ready after it was plugged in again', world.viewer.hid('READY', READY, mark, PATIENCE * 2), world.viewer.said[mark:])
    settle(world, load)


def main():
    world = World()
    world.port = Port('dummy', helper)
    world.port.up()
    checks.about('product, dummy')
    world.catseye = Catseye(distribution, HOME, 'hid-gadget')
    print(f'     started in {world.catseye.seconds:.0f} s', flush=True)
    equal('a request without a login is refused', 401, world.catseye.call('GET', 'targets')[0])
    equal('log in', 200, world.catseye.login())
    world.viewer = world.catseye.viewer()
    check('ready, as an ordinary user', world.ready(), world.viewer.said)
    checks.run((all_codes, chords_and_rollover, absolute, relative, lights, two_viewers, self_check, remade_under_load, failover, random_disconnects), wanted, world)
    world.port.down()

    checks.about('product, vudc')
    world.port = Port('vudc', helper)
    mark = world.viewer.mark()
    world.catseye.settings(controller=world.port.udc)
    world.port.up()
    world.port.plug()
    check('another controller by a change of the settings', world.ready(mark), world.viewer.said[mark:])
    checks.run((cable, cable_under_load), wanted, world)
    world.viewer.keys(True, 'KeyA')
    equal('a key is held at the end', {30}, world.holds(30))
    check('Catseye ends', world.catseye.stop() in (0, 143))
    equal('and no key stays held', set(), world.holds())
    world.port.down()
    world.port.end()
    checks.finish()


main()
