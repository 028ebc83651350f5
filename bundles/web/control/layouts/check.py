#!/usr/bin/env python3
"""Types strokes on computers with the layouts of xkeyboard-config, and prints what differs from what was meant.

Reads lines "layout <tab> variant <tab> code point in hexadecimal <tab> strokes", such as "de <tab> <tab> 40 <tab> AltRight+KeyQ". Strokes are
separated by spaces. Lines of one layout follow each other.
"""

import sys

import generate
import xkb


def main():
    composer = xkb.Composer()
    current, keymap, count = None, None, 0
    for line in sys.stdin:
        layout, variant, point, strokes = line.rstrip('\n').split('\t')
        if (layout, variant) != current:
            if keymap:
                keymap.close()
            current, keymap = (layout, variant), xkb.Keymap(layout, variant, generate.MODELS.get(layout, 'pc105'))
        wanted = chr(int(point, 16))
        keymap.reset()
        keysyms = [keymap.keysym(codes[:-1], codes[-1]) for codes in (stroke.split('+') for stroke in strokes.split(' '))]
        shown = composer.type(keysyms)
        count += 1
        if shown != wanted:
            print(f'{layout} {variant}: {strokes} shows {shown!r}, not {wanted!r}')
    print(f'{count} characters')


if __name__ == '__main__':
    main()
