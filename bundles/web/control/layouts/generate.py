#!/usr/bin/env python3
"""Writes layouts.txt: the keyboard layouts of xkeyboard-config, compiled by libxkbcommon, and what their dead keys compose.

usage: generate.py [FILE]   (./dev layouts calls it); without a file, it writes to the standard output
"""

import gettext
import itertools
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as xml

import xkb

RULES = '/usr/share/X11/xkb/rules/base.xml'
# Keyboards that are not PCs', and entries without a layout of their own.
UNUSED = re.compile(r'sun_type|^custom$|olpc|nec_vndr')
# Some keys exist only on the national model.
MODELS = {'br': 'abnt2', 'jp': 'jp106'}

# Letters that dead keys also compose on Windows, whose dead keys support few. Lower case; upper case follows.
WINDOWS = {'dead_circumflex': 'âêîôû', 'dead_acute': 'áéíóúý', 'dead_grave': 'àèìòù', 'dead_diaeresis': 'äëïöü', 'dead_tilde': 'ãñõ',
           'dead_caron': 'čďěňřšťž', 'dead_abovering': 'ů', 'dead_cedilla': 'ç'}

# Layouts that differ on Windows in characters that a shell needs: the rows of AltGr, and of Shift and AltGr, as far as they are reliable. A dead
# key is written as one of the signs below. Blank: no character. `replaced`: keys of the other levels.
SIGNS = {'ˆ': 'dead_circumflex', 'ˋ': 'dead_grave', '˜': 'dead_tilde', '∼': 'dead_plain_tilde'}
ON_WINDOWS = {
    'cz': {'altGr': [' ~ ˆ   `', '  €', '   []    $', '  #&@{} <>*']},
    'es': {'altGr': ['\\|@#˜ ¬', '  €       []', '          {}', '']},
    'fr': {'altGr': ['  ˜#{[|ˋ\\^@]}', '  €        ¤', '', '']},
    'it': {'altGr': ['', '  €       []', '         @#', ''], 'shiftAltGr': ['', '          {}', '', '']},
    'pl': {'altGr': ['', '  ę   € ó', 'ąś      ł', ' żźć  ń'], 'shiftAltGr': ['', '  Ę     Ó', 'ĄŚ      Ł', ' ŻŹĆ  Ń'],
           'replaced': {('shift', 'Backquote'): '∼'}},
}
# Keys that type a character on Linux only, while another key types it on every system.
LINUX_ONLY = {
    'be': 'altGr Digit7 Digit8 Semicolon Minus',
    'br': 'altGr Backquote',
    'ch': 'altGr Backquote Digit1 Digit9 Digit0',
    'ch-fr': 'altGr Backquote Digit1 Digit9 Digit0',
    'cz': 'altGr BracketLeft BracketRight Backquote Digit2 Digit3 Digit4 Digit6 Digit7 Digit8 Digit9 Digit0',
    'es': 'altGr Digit7 Digit8 Digit9 Digit0',
    'fr': 'shift Backquote',
    'it': 'altGr Digit7 Digit8 Digit9 Digit0 KeyQ',
    'jp': 'shift Digit0',
    'latam': 'altGr Digit2 Digit4',
    'se': 'altGr Digit5',
    'us-intl': 'altGr Backquote Quote, shiftAltGr Backquote Digit6 Quote',
}
ROWS = [0, 14, 26, 38]
LEVELS = ['plain', 'shift', 'altGr', 'shiftAltGr']
CODES = [code for _, code in xkb.KEYS]
COMPOSER = xkb.Composer()


def version():
    answer = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', 'xkb-data'], capture_output=True, text=True, check=False)
    return answer.stdout.rsplit('-', 1)[0] or 'of unknown version'


def listed():
    """Layout, variant, description and languages of everything that xkeyboard-config offers."""
    for layout in xml.parse(RULES).getroot().iter('layout'):
        item = layout.find('configItem')
        for each, variant in [(item, ''), *((found.find('configItem'), found.find('configItem/name').text) for found in layout.iter('variant'))]:
            languages = [node.text for node in each.iter('iso639Id')] or [node.text for node in item.iter('iso639Id')]
            yield item.find('name').text, variant, each.find('description').text, languages


def cell(keysym, dead):
    """The character of a keysym, the name of a dead key, or None."""
    name = xkb.name(keysym)
    if name.startswith('dead_'):
        return name
    text = xkb.character(keysym)
    if not text or unicodedata.category(text) in ('Cc', 'Cs', 'Co', 'Cn'):
        return None
    # Some Arabic keys show two characters, and a few keysyms compose with no dead key although their character does.
    usual = xkb.usual_keysym(text)
    same = all(COMPOSER.type([key, keysym]) == COMPOSER.type([key, usual]) for key in dead) if usual != keysym else True
    return text if same and COMPOSER.type([keysym]) == text else None


def alone(keymap, held, code):
    keymap.reset()
    return keymap.keysym(held, code)


def levels_of(keymap):
    """Four rows of cells, and the key that leads to the third level."""
    third = next((code for code in ('AltRight', 'CapsLock') if xkb.name(keymap.keysym([], code)) == 'ISO_Level3_Shift'), None)
    holds = [[], ['ShiftLeft']] + ([[third], ['ShiftLeft', third]] if third else [])
    symbols = [[alone(keymap, held, code) for code in CODES] for held in holds]
    dead = [keysym for keysym in itertools.chain(*symbols) if xkb.name(keysym).startswith('dead_')]
    rows = [[cell(keysym, dead) for keysym in row] for row in symbols]
    # A modifier without an effect on a key: the same character, so no other level.
    for above, below in ((1, 0), (2, 0), (3, 2), (3, 1), (3, 0)):
        if above < len(rows):
            rows[above] = [None if one == other else one for one, other in zip(rows[above], rows[below])]
    return rows, third


def rows_of(signs):
    cells = [None] * len(CODES)
    for start, row in zip(ROWS, signs):
        for index, sign in enumerate(row):
            cells[start + index] = None if sign == ' ' else SIGNS.get(sign, sign)
    return cells


def windows_rows(rows, changes):
    result = [list(rows[0]), list(rows[1]), *(rows_of(changes.get(level, [])) for level in LEVELS[2:])]
    for (level, code), sign in changes.get('replaced', {}).items():
        result[LEVELS.index(level)][CODES.index(code)] = SIGNS[sign]
    return result


def visible(text):
    """Invisible characters by their number, so that the file can be read and compared."""
    if len(text) > 1 or unicodedata.category(text)[0] not in 'ZMC':
        return text
    return f'U+{ord(text):04X}'


def line(level, row):
    while row and row[-1] is None:
        row = row[:-1]
    return f'{level} ' + ' '.join('' if text is None else visible(text) for text in row)


def printable(text):
    """Whether it is one character that can be seen and stands alone."""
    return len(text) == 1 and unicodedata.category(text)[0] in 'LNPS'


def compositions(symbols):
    """For each dead key: what it shows with each character, on every system and on Linux only."""
    bases = sorted(text for text in symbols if text == ' ' or printable(text))
    for dead in sorted(text for text in symbols if text.startswith('dead_')):
        everywhere, linux = '', ''
        for base in bases:
            shown = COMPOSER.type([symbols[dead], symbols[base]])
            if shown in ('?', base) or not printable(shown):
                continue
            if base == ' ' or shown.lower() in WINDOWS.get(dead, '') and unicodedata.normalize('NFD', shown)[0] == base:
                everywhere += base + shown
            else:
                linux += base + shown
        for kind, pairs in (('dead', everywhere), ('dead-linux', linux)):
            if pairs:
                yield f'{kind} {dead} {pairs}'


def write(out):
    german = gettext.translation('xkeyboard-config', '/usr/share/locale', ['de'], fallback=True)
    symbols, layouts = {}, []
    for layout, variant, description, languages in listed():
        identifier = f'{layout}-{variant}' if variant else layout
        if UNUSED.search(layout) or UNUSED.search(variant):
            continue
        keymap = xkb.Keymap(layout, variant, MODELS.get(layout, 'pc105'))
        rows, third = levels_of(keymap)
        keymap.close()
        for level, *codes in (part.split() for part in LINUX_ONLY.get(identifier, 'plain').split(', ')):
            for code in codes:
                rows[LEVELS.index(level)][CODES.index(code)] = None
        for text in filter(None, itertools.chain(*rows)):
            symbols[text] = xkb.keysym_by_name(text) if text.startswith('dead_') else xkb.usual_keysym(text)
        layouts.append((identifier, description, languages, rows, third, ''))
        if identifier in ON_WINDOWS:
            layouts.append((f'{identifier}-windows', description, languages, windows_rows(rows, ON_WINDOWS[identifier]), 'AltRight', 'windows'))
    print(f'# Keyboard layouts and compositions of dead keys of xkeyboard-config {version()} and libX11, compiled by libxkbcommon.', file=out)
    print('# Generated by bundles/web/control/layouts/generate.py: do not edit. Their licences are in THIRD-PARTY.txt of the distribution.', file=out)
    print('dead dead_plain_tilde  ~', file=out)
    for text in compositions(symbols):
        print(text, file=out)
    print('keys ' + ' '.join(CODES), file=out)
    for identifier, description, languages, rows, third, system in sorted(layouts):
        names = '\t'.join([identifier, system, third or '', ' '.join(languages), description, german.gettext(description)])
        print(f'layout {names}', file=out)
        for level, row in zip(LEVELS, rows):
            if any(row):
                print(line(level, row), file=out)


if __name__ == '__main__':
    if len(sys.argv) > 1:
        with open(sys.argv[1], 'w', encoding='utf-8') as file:
            write(file)
    else:
        sys.stdout.reconfigure(encoding='utf-8')
        write(sys.stdout)
