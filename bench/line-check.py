#!/usr/bin/env python3
"""Checks line.py on a line of its own: rate, round trip, queue and loss, measured from both ends. Prints what was set and what was measured.

usage: line-check.py NAME [rate=KBIT] [delay=MS] [loss=PERCENT]     (as root; default rate=1000 delay=100 loss=2)
"""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PAYLOAD = 1000
HEADERS = 28
RECEIVER = """
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
s.bind(("0.0.0.0", 7000))
s.settimeout(float(sys.argv[1]))
print("bound", flush=True)
got, first, last = 0, 0, 0
try:
    while True:
        s.recv(2000)
        last = time.monotonic()
        first, got = first or last, got + 1
except TimeoutError:
    print(got, last - first)
"""
SENDER = """
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
host, count, gap = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
begun = time.monotonic()
for i in range(count):
    s.sendto(bytes(%d), (host, 7000))
    wait = begun + (i + 1) * gap - time.monotonic()
    if wait > 0:
        time.sleep(wait)
""" % PAYLOAD


class Line:
    def __init__(self, name, settings):
        self.name = name
        self.process = subprocess.Popen([f"{HERE}/line.py", name, *settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.kind = self.process.stdout.readline().split()[1]

    def set(self, settings):
        self.process.stdin.write(settings + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ok\n"

    def command(self, end, *command):
        return ["ip", "netns", "exec", f"{self.name}-{end}", *command]

    def datagrams(self, source, target, count, gap, patience):
        """Sends so many datagrams. Returns how many arrived, and the seconds between the first and the last."""
        receiver = subprocess.Popen(self.command(target, "python3", "-c", RECEIVER, str(patience)), stdout=subprocess.PIPE, text=True)
        receiver.stdout.readline()
        host = {"server": "10.77.0.1", "client": "10.77.0.2"}[target]
        subprocess.run(self.command(source, "python3", "-c", SENDER, host, str(count), str(gap)), check=True)
        got, seconds = receiver.stdout.readline().split()
        receiver.wait()
        return int(got), float(seconds)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def measure_round_trip(line):
    """By refused connections, because not every machine has ping."""
    client = """
import socket, time
best = 9
for _ in range(5):
    begun = time.monotonic()
    try:
        socket.create_connection(("10.77.0.1", 7009), 5)
    except ConnectionRefusedError:
        best = min(best, time.monotonic() - begun)
print(best * 1000)
"""
    return float(subprocess.run(line.command("client", "python3", "-c", client), capture_output=True, text=True, check=True).stdout)


failed = False


def report(what, expected, measured, tolerance, unit):
    global failed
    good = abs(measured - expected) <= tolerance
    failed |= not good
    print(f"{what}: set {expected:g}, measured {measured:.1f} {unit}{'' if good else '   WRONG'}")


def main():
    name = sys.argv[1]
    wanted = {"rate": 1000.0, "delay": 100.0, "loss": 2.0}
    wanted.update((word.split("=")[0], float(word.split("=")[1])) for word in sys.argv[2:])
    rate, delay, loss = wanted["rate"], wanted["delay"], wanted["loss"]
    line = Line(name, [f"rate={rate}", f"delay={delay}"])
    try:
        print(f"line made by {line.kind}")
        report("round trip without load", 2 * delay, measure_round_trip(line), 10 + 2 * 8 * 60 / rate, "ms")
        size = PAYLOAD + HEADERS
        for source, target in (("server", "client"), ("client", "server")):
            # As much as a second's queue takes, at once, and three times the rate for a while: what does not fit is dropped.
            sent = int(3 * 3 * rate * 1000 / 8 / size)
            got, seconds = line.datagrams(source, target, sent, size * 8 / rate / 1000 / 3, 2.5)
            report(f"rate from {source} to {target}", rate, (got - 1) * size * 8 / seconds / 1000, rate * 0.03, "kbit/s")
            report(f"seconds of data taken in 3 s at three times the rate, from {source} to {target}", 4, got * size * 8 / rate / 1000, 0.15, "s")
        line.set(f"rate=0 loss={loss}")
        sent = 4000
        got, _ = line.datagrams("server", "client", sent, 0.0007, 1)
        # Three standard deviations.
        report("loss", loss, 100 * (sent - got) / sent, 300 * (loss / 100 * (1 - loss / 100) / sent) ** 0.5, "%")
    finally:
        line.end()
    left = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout
    report("namespaces left", 0, sum(entry.startswith(name + "-") for entry in left.splitlines()), 0, "")
    sys.exit(failed)


if __name__ == "__main__":
    main()
