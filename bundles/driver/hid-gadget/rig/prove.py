#!/usr/bin/env python3
"""prove.py dummy|vudc HELPER CLASSPATH [SCENARIO]...    runs as root in the rig's guest, on a real kernel: gadget, USB, and the input devices
that the host side makes of it. Prints one line a check, and the totals last; exit code 1 if one failed."""
import os, sys, threading, time
import checks
from checks import check, equal
from driver import Driver
from host import BUTTONS, EVENT, KEY, PATIENCE, REL, REL_HWHEEL, REL_WHEEL, REL_X, REL_Y, Events, device, nodes, read, sh, until
from port import ALL, GADGET, Port

HERE = os.path.dirname(os.path.abspath(__file__))
how, helper, classpath, *wanted = sys.argv[1:]
vudc = how == 'vudc'
# A report may take 0.1 s by contract; on a busy machine the emulated one stands still for longer than that. A hang is forever.
HANG = 2000
checks.about(how)


class Rig(Port):
    def __init__(self):
        super().__init__(how, helper)
        self.up()
        self.driver = Driver(classpath, 'controller=' + self.udc)


again = 0


def tap(rig, events, press, release):
    """Presses and releases a key: (events, answers). If a report is refused because the host has not fetched the one before it within the
    driver's 0.1 s, once more, after the priming; no report gets lost. It is the emulated port that fetches so late: vudc looks in a timer
    of whole jiffies (drivers/usb/usbip/vudc_transfer.c, v_timer: 4 to 8 ms at HZ=250), and each report then passes four kernel threads and a
    TCP connection. That takes 9 ms on a quiet machine, and 95 were seen where the emulated processor had to wait for a real one."""
    global again
    for _ in range(5):
        mark = rig.driver.mark()
        answers = rig.driver.send(press), rig.driver.send(release)
        if all(good for good, *_ in answers):
            return events.take(2), answers
        again += 1
        rig.driver.heard('primed', mark)
        events.drain()
    return [], answers


def all_codes(rig):
    wrong = []
    for line in open(HERE + '/keys.txt'):
        if line.startswith('#'):
            continue
        code, usage, name, number = line.split()
        page, number, ident = usage[:2], int(number), int(usage[3:], 16)
        events = rig.open[{'07': 'keyboard', '0c': 'consumer', '01': 'system'}[page]]
        if page == '0c':
            press, release = f'consumer {ident}', 'consumer 0'
        elif page == '01':
            press, release = f'system {ident}', 'system 0'
        elif ident >= 0xe0:
            press, release = f'keys {1 << ident - 0xe0}', 'keys 0'
        else:
            press, release = f'keys 0 {ident}', 'keys 0'
        found, answers = tap(rig, events, press, release)
        if found != [(KEY, number, 1), (KEY, number, 0)]:
            wrong.append(f'{code} ({usage}) should be {name} ({number}), came as {found}; {answers} {rig.driver.said[-4:]}')
            events.drain()
        else:
            check(f'{code} {usage} is {name}', True)
    for each in wrong:
        check('key table', False, each)


def chords_and_rollover(rig):
    keyboard = rig.open['keyboard']
    rig.driver.send('keys 3 4')
    equal('Ctrl+Shift+A goes down together', {29, 42, 30}, until(lambda: keyboard.down() == {29, 42, 30} and keyboard.down()))
    rig.driver.send('keys 255 4,5,6,7,8,9')
    want = {29, 42, 56, 125, 97, 54, 100, 126, 30, 48, 46, 32, 18, 33}
    equal('all modifiers and six keys', want, until(lambda: keyboard.down() == want and keyboard.down()) or keyboard.down())
    rig.driver.send('keys 0 4,5,6,7,8,9')
    until(lambda: len(keyboard.down()) == 6)
    keyboard.drain()
    rig.driver.send('keys 0 4,5,6,7,8,9,10')
    equal('a seventh key is ErrorRollOver, which the host ignores', [], keyboard.take(1, 0.4))
    rig.driver.send('keys 0 5,6,7,8,9,10')
    want = {48, 46, 32, 18, 33, 34}
    equal('after one is released, the other six are right', want, until(lambda: keyboard.down() == want and keyboard.down()) or keyboard.down())
    rig.driver.send('keys 0')
    check('all keys are released', until(lambda: not keyboard.down()), keyboard.down())
    keyboard.drain()


def pointers(rig):
    pointer, mouse = rig.open['pointer'], rig.open['mouse']
    for x, y in ((32767, 0), (32767, 32767), (0, 32767), (0, 0), (16384, 8191), (1, 32766)):
        rig.driver.send(f'pointer 0 {x} {y} 0 0')
        until(lambda: pointer.place() == (x, y))
        equal(f'absolute {x},{y}', (x, y), pointer.place())
    pointer.drain()
    for bit, code in enumerate(BUTTONS):
        rig.driver.send(f'pointer {1 << bit} 1 32766 0 0')
        rig.driver.send('pointer 0 1 32766 0 0')
        equal(f'absolute button {bit}', [(KEY, code, 1), (KEY, code, 0)], pointer.take(2))
    rig.driver.send('pointer 0 1 32766 1 0')
    rig.driver.send('pointer 0 1 32766 -1 0')
    rig.driver.send('pointer 0 1 32766 0 3')
    equal('wheel and pan of the absolute pointer', [(REL, REL_WHEEL, 1), (REL, REL_WHEEL, -1), (REL, REL_HWHEEL, 3)], pointer.take(3))
    for command, want in (('127 -127 0 0', [(REL, REL_X, 127), (REL, REL_Y, -127)]), ('-127 127 0 0', [(REL, REL_X, -127), (REL, REL_Y, 127)]),
                          ('0 0 -5 0', [(REL, REL_WHEEL, -5)]), ('0 0 0 -2', [(REL, REL_HWHEEL, -2)])):
        rig.driver.send('motion 0 ' + command)
        equal(f'relative {command}', want, mouse.take(len(want)))
    for bit, code in enumerate(BUTTONS):
        rig.driver.send(f'motion {1 << bit} 0 0 0 0')
        rig.driver.send('motion 0 0 0 0 0')
        equal(f'mouse button {bit}', [(KEY, code, 1), (KEY, code, 0)], mouse.take(2))


def lights(rig):
    """Linux's console sets them when the keys are pressed."""
    keyboard = os.open(nodes()['keyboard'], os.O_RDWR)
    for name, usage, led in (('caps', 0x39, 1), ('num', 0x53, 0), ('scroll', None, 2)):
        before = rig.driver.mark()
        for on in (1, 0):
            if usage:
                rig.driver.send(f'keys 0 {usage}')
                rig.driver.send('keys 0')
            else:  # the console has no use for this one; set as a program of the host does
                os.write(keyboard, EVENT.pack(0, 0, 0x11, led, on) + EVENT.pack(0, 0, 0, 0, 0))
            time.sleep(0.3)
        states = lambda: [name in line for line in rig.driver.said[before:] if line.startswith('leds')]
        check(f'{name} lock: the light comes back, on and off', until(lambda: set(states()) == {True, False}), rig.driver.said[before:])
    os.close(keyboard)


def unpolled_pointer(rig):
    """Firmware does not poll pointers. This must not slow the keyboard down, and no motion may be queued."""
    keyboard = rig.open['keyboard']
    rig.open.pop('pointer').close()
    time.sleep(0.5)
    times = []
    for n in range(60):
        good, millis, words = rig.driver.send(f'pointer 0 {n * 100} {n} 1 0')
        times.append(millis)
        if not good:
            check('a pointer that the host does not poll is no error', False, words)
            return
    # Each of them would take 100 ms.
    check('only the first report of such a pointer waits', sorted(times)[30] < 50, sorted(times))
    keyboard.drain()
    good, millis, words = rig.driver.send('keys 0 4')
    rig.driver.send('keys 0')
    check('the keyboard is not held up by it', good and millis < HANG and keyboard.take(2) == [(KEY, 30, 1), (KEY, 30, 0)], words)
    pointer = rig.open['pointer'] = Events(nodes()['pointer'])
    until(lambda: pointer.place() == (5900, 59))
    equal('when the host starts to poll, the newest position arrives', (5900, 59), pointer.place())
    wheel = [e for e in pointer.take(64, 0.5) if e[0] == REL]
    check('and sixty turns of the wheel do not', len(wheel) <= 2, wheel)


def cable(rig):
    """The cable out while a key is held, another pressed meanwhile, and the cable in again."""
    rig.driver.send('keys 0 4')
    mark = rig.driver.mark()
    rig.pull()
    check('the unplugged cable is reported', rig.driver.heard('offline', mark), rig.driver.said[mark:])
    good, millis, words = rig.driver.send('keys 2 5,6')
    check('a key meanwhile is refused immediately, with a reason', not good and millis < HANG and 'computer' in words, (millis, words))
    mark = rig.driver.mark()
    rig.plug()
    check('the plugged cable is reported', rig.driver.heard('ready', mark) and rig.driver.heard('primed', mark), rig.driver.said[mark:])
    keyboard = rig.listen(*ALL)['keyboard']
    equal('the host sees what is held now', {42, 48, 46}, until(lambda: keyboard.down() == {42, 48, 46} and keyboard.down()) or keyboard.down())
    rig.driver.send('keys 0')
    check('and it is released', until(lambda: not keyboard.down()), keyboard.down())


def unbound(rig):
    mark = rig.driver.mark()
    open(GADGET + '/UDC', 'w').write('\n')
    check('an unbound gadget is bound again', until(lambda: read(GADGET + '/UDC') == rig.udc), read(GADGET + '/UDC'))
    rig.plug()
    check('and used again', rig.driver.heard('ready', mark), rig.driver.said[mark:])
    rig.listen(*ALL)


def remade_under_load(rig):
    rig.driver.send('keys 0')
    mark, running, slow, refused = rig.driver.mark(), True, [], set()

    def load():
        n = 0
        while running:
            n += 1
            good, millis, words = rig.driver.send(f'keys 0 {4 + n % 20}' if n % 2 else 'keys 0')
            slow.append(millis)
            if not good:
                refused.add(words)
            time.sleep(0.01)
    thread = threading.Thread(target=load)
    thread.start()
    time.sleep(1)
    for _ in range(2):
        rig.down()
        time.sleep(0.5)
        rig.up()
        rig.plug()
        check('ready after the gadget was made again under load', rig.driver.heard('ready', mark), rig.driver.said[mark:])
        mark = rig.driver.mark()
    time.sleep(1)
    running = False
    thread.join()
    slow.sort()
    check(f'no report hung: of {len(slow)} half took {slow[len(slow) // 2]} ms, the longest {slow[-1]} ms', slow[-1] < HANG, slow[-9:])
    check('each refusal has a readable reason', all(len(words) > 20 and 'Exception' not in words for words in refused), refused)
    keyboard = rig.listen(*ALL)['keyboard']
    rig.driver.send('keys 0')
    check('no key is held at the end', until(lambda: not keyboard.down()), keyboard.down())
    rig.driver.send('keys 0 7')
    check('and keys arrive', until(lambda: keyboard.down() == {32}), keyboard.down())
    rig.driver.send('keys 0')


def profiles(rig):
    for profile, roles, version in (('boot', ('keyboard', 'mouse'), '0120'), ('keyboard-only', ('keyboard',), '0130'), ('full', ALL, '0440')):
        mark = rig.driver.mark()
        rig.driver.send(f'use profile={profile} controller={rig.udc}')
        until(lambda: read(GADGET + '/configs/c.1/strings/0x409/configuration') == profile and read(GADGET + '/UDC') == rig.udc)
        rig.plug()
        check(f'live switch to {profile}, as an ordinary user', rig.driver.heard('ready', mark), rig.driver.said[mark:])
        keyboard = rig.listen(*roles)['keyboard']
        equal(f'{profile} has a version of its own', version, read(device() + '/bcdDevice'))
        first = sorted(os.listdir(device()))
        interface = [each for each in first if each.endswith(':1.0')][0]
        equal(f'{profile} begins with a boot keyboard', ('03', '01', '01'), tuple(
            read(f'{device()}/{interface}/{each}') for each in ('bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol')))
        rig.driver.send('keys 1 4')
        check(f'keys arrive in {profile}', until(lambda: keyboard.down() == {29, 30}), keyboard.down())
        rig.driver.send('keys 0')
        if 'mouse' in roles:
            rig.driver.send('motion 1 9 -9 0 0')
            equal(f'the mouse works in {profile}', [(KEY, 0x110, 1), (REL, REL_X, 9), (REL, REL_Y, -9)], rig.open['mouse'].take(3))
            rig.driver.send('motion 0 0 0 0 0')


def permissions(rig):
    sh(f'chgrp root {GADGET}/UDC {GADGET}/bcdDevice')
    mark = rig.driver.mark()
    rig.driver.send(f'use profile=boot controller={rig.udc}')
    check('a step that is not permitted is reported with its remedy', rig.driver.heard('offline not permitted to unbind: run "sudo catseye-gadget up"', mark), rig.driver.said[mark:])
    rig.up()
    until(lambda: read(GADGET + '/configs/c.1/strings/0x409/configuration') == 'boot' and read(GADGET + '/UDC') == rig.udc)
    rig.plug()
    check('and helps', rig.driver.heard('ready', mark), rig.driver.said[mark:])
    rig.driver.send(f'use controller={rig.udc}')
    until(lambda: read(GADGET + '/configs/c.1/strings/0x409/configuration') == 'full' and read(GADGET + '/UDC') == rig.udc)
    rig.plug()
    rig.listen(*ALL)


def replug(rig):
    mark = rig.driver.mark()
    good, millis, words = rig.driver.send('act replug')
    check('virtual re-plug', good, words)
    rig.plug()
    check('ready after it', rig.driver.heard('ready', mark), rig.driver.said[mark:])
    rig.listen(*ALL)
    good, _, words = rig.driver.send('check')
    check('the self-check finds no fault', good and 'ok=false' not in words and rig.udc in words, words)


def contract(rig):
    rig.driver.stop()
    found = nodes()
    out = sh(f'java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dcatseye.patienceMillis={PATIENCE * 1000} -Drig.keyboard={found["keyboard"]} -Drig.pointer={found["pointer"]} '
             f'-cp {classpath} org.junit.runner.JUnitCore org.catseye.hid.gadget.RigContract', check=False)
    check('HidTransportContract against the real kernel: ' + ''.join(l for l in out.splitlines() if l.startswith('OK')),
          '\nOK (' in out, out[-3000:])


def main():
    rig = Rig()
    rig.plug()
    check('ready, as an ordinary user', rig.driver.heard('ready', 0, PATIENCE * 4), rig.driver.said)
    rig.listen(*ALL)
    # The host's text console reads the keyboard too, and answers with the lights.
    checks.run((all_codes, chords_and_rollover, pointers, lights, unpolled_pointer, *([cable] * 2 if vudc else []), unbound, remade_under_load,
                profiles, permissions, replug), wanted, rig)
    print(f'     {how}: time of a key write: {rig.driver.send("bench 150 50" if vudc else "bench 500 4")[2]}; taps that were refused and made again: {again}', flush=True)
    if not vudc and (not wanted or 'contract' in wanted):
        contract(rig)
    else:
        equal('the driver ends by itself when its input ends', 0, rig.driver.stop())
    rig.down()
    check('nothing is left', not os.path.exists(GADGET) and not os.path.exists('/run/catseye-gadget.busy'))
    rig.end()
    checks.finish()


main()
