# vnc-painter.py DISPLAY: a window over the whole screen of an X server. A line on the standard input is "small N", "full N" or "text N": change number N
# of that kind, whose time (Unix, in milliseconds, just before the server gets it) is printed. "film KIND RATE SECONDS" makes RATE changes a second,
# and prints how many. Each change gives the block in the upper left corner the colour COLOURS[N].
import ctypes
import sys
import time

COLOURS = [0xF02020, 0x20F020, 0x2020F0, 0xF0F0F0, 0x101010, 0xF0F020]
LINE = 16

x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XCreateSimpleWindow.restype = ctypes.c_ulong
x11.XCreateGC.restype = ctypes.c_void_p
display = ctypes.c_void_p(x11.XOpenDisplay(sys.argv[1].encode()))
root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
width, height = x11.XDisplayWidth(display, 0), x11.XDisplayHeight(display, 0)
window = ctypes.c_ulong(x11.XCreateSimpleWindow(display, root, 0, 0, width, height, 0, ctypes.c_ulong(0), ctypes.c_ulong(0)))
x11.XMapRaised(display, window)
context = ctypes.c_void_p(x11.XCreateGC(display, window, ctypes.c_ulong(0), None))
x11.XSync(display, 0)
time.sleep(0.3)


def fill(colour, x, y, w, h):
    x11.XSetForeground(display, context, ctypes.c_ulong(colour))
    x11.XFillRectangle(display, window, context, x, y, w, h)


def change(kind, number):
    """Returns the time."""
    if kind == "full":
        fill(COLOURS[number % len(COLOURS)], 0, 0, width, height)
    elif kind == "text":
        # A terminal that scrolls by a line.
        x11.XCopyArea(display, window, window, context, 0, LINE, width, height - LINE, 0, 0)
        fill(0x101820, 0, height - LINE, width, LINE)
        text = f"{number:6d} The quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. {number * 7919:9d} ".encode() * 2
        x11.XSetForeground(display, context, ctypes.c_ulong(0xC0D0C0 if number % 3 else 0x60C0FF))
        x11.XDrawString(display, window, context, 4, height - 4, text, len(text))
    fill(COLOURS[number % len(COLOURS)], 0, 0, 200, 24)
    now = time.time() * 1000
    x11.XSync(display, 0)
    return now


for line in sys.stdin:
    kind, *rest = line.split()
    if kind == "film":
        start, rate, seconds = time.time(), float(rest[1]), float(rest[2])
        count = 0
        while time.time() < start + seconds:
            change(rest[0], count)
            count += 1
            time.sleep(max(0, start + count / rate - time.time()))
        print(count, flush=True)
    else:
        print(change(kind, int(rest[0])), flush=True)
