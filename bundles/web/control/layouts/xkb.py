"""libxkbcommon, as far as the generator of the layouts and their test need it: Debian packages libxkbcommon0, xkb-data and libx11-data."""

import ctypes

COMPOSE = '/usr/share/X11/locale/en_US.UTF-8/Compose'

# KeyboardEvent.code by the name of the key in xkeyboard-config, in the order of the cells of layouts.txt.
KEYS = [('TLDE', 'Backquote'), *((f'AE{n:02}', f'Digit{n % 10}') for n in range(1, 11)), ('AE11', 'Minus'), ('AE12', 'Equal'), ('AE13', 'IntlYen'),
        *((f'AD{n:02}', 'Key' + key) for n, key in enumerate('QWERTYUIOP', 1)), ('AD11', 'BracketLeft'), ('AD12', 'BracketRight'),
        *((f'AC{n:02}', 'Key' + key) for n, key in enumerate('ASDFGHJKL', 1)), ('AC10', 'Semicolon'), ('AC11', 'Quote'), ('BKSL', 'Backslash'),
        ('LSGT', 'IntlBackslash'), *((f'AB{n:02}', 'Key' + key) for n, key in enumerate('ZXCVBNM', 1)), ('AB08', 'Comma'), ('AB09', 'Period'),
        ('AB10', 'Slash'), ('AB11', 'IntlRo'), ('SPCE', 'Space')]
OTHERS = {'LFSH': 'ShiftLeft', 'RALT': 'AltRight', 'CAPS': 'CapsLock', 'RTRN': 'Enter', 'TAB': 'Tab'}
NAMES = {code: name for name, code in [*KEYS, *OTHERS.items()]}


class RuleNames(ctypes.Structure):
    _fields_ = [(field, ctypes.c_char_p) for field in ('rules', 'model', 'layout', 'variant', 'options')]


def load():
    library = ctypes.CDLL('libxkbcommon.so.0')
    pointers = ['xkb_context_new', 'xkb_keymap_new_from_names', 'xkb_state_new', 'xkb_compose_table_new_from_locale', 'xkb_compose_state_new']
    for name in pointers:
        getattr(library, name).restype = ctypes.c_void_p
    library.xkb_keysym_to_utf32.restype = ctypes.c_uint32
    return library


XKB = load()
# Without the user's own files and without the environment.
CONTEXT = ctypes.c_void_p(XKB.xkb_context_new(1 | 2))
XKB.xkb_context_include_path_append(CONTEXT, b'/usr/share/X11/xkb')


class Keymap:
    """A layout, and the keyboard of a computer that uses it."""

    def __init__(self, layout, variant='', model='pc105'):
        names = RuleNames(b'evdev', model.encode(), layout.encode(), variant.encode(), b'')
        self.keymap = ctypes.c_void_p(XKB.xkb_keymap_new_from_names(CONTEXT, ctypes.byref(names), 0))
        if not self.keymap:
            raise ValueError(f'{layout} {variant} cannot be compiled')
        self.state = None
        self.reset()
        self.codes = {code: XKB.xkb_keymap_key_by_name(self.keymap, name.encode()) for code, name in NAMES.items()}

    def reset(self):
        """Releases all locks and latches."""
        if self.state:
            XKB.xkb_state_unref(self.state)
        self.state = ctypes.c_void_p(XKB.xkb_state_new(self.keymap))

    def keysym(self, held, code):
        """The keysym of a key while others are held: real presses and releases. Locks and latches of the keys are in effect until reset."""
        for down in held:
            XKB.xkb_state_update_key(self.state, self.codes[down], 1)
        symbol = XKB.xkb_state_key_get_one_sym(self.state, self.codes[code])
        XKB.xkb_state_update_key(self.state, self.codes[code], 1)
        XKB.xkb_state_update_key(self.state, self.codes[code], 0)
        for down in reversed(held):
            XKB.xkb_state_update_key(self.state, self.codes[down], 0)
        return symbol

    def close(self):
        XKB.xkb_state_unref(self.state)
        XKB.xkb_keymap_unref(self.keymap)


class Composer:
    """The compositions of dead keys."""

    def __init__(self):
        table = ctypes.c_void_p(XKB.xkb_compose_table_new_from_locale(CONTEXT, b'en_US.UTF-8', 0))
        if not table:
            raise ValueError(f'no {COMPOSE} (Debian: libx11-data)')
        self.state = ctypes.c_void_p(XKB.xkb_compose_state_new(table, 0))

    def type(self, keysyms):
        """The text that these keysyms show."""
        XKB.xkb_compose_state_reset(self.state)
        text = ''
        buffer = ctypes.create_string_buffer(64)
        for keysym in keysyms:
            XKB.xkb_compose_state_feed(self.state, keysym)
            status = XKB.xkb_compose_state_get_status(self.state)
            if status == 2:
                XKB.xkb_compose_state_get_utf8(self.state, buffer, len(buffer))
                text += buffer.value.decode()
                XKB.xkb_compose_state_reset(self.state)
            elif status == 0:
                text += character(keysym)
            elif status == 3:
                text += '?'
                XKB.xkb_compose_state_reset(self.state)
        return text


def character(keysym):
    """The character of a keysym, or ''."""
    point = XKB.xkb_keysym_to_utf32(keysym)
    return {0: '', 13: '\n'}.get(point, chr(point) if point else '')


def usual_keysym(text):
    """The keysym that most layouts have for a character."""
    return XKB.xkb_utf32_to_keysym(ord(text))


def name(keysym):
    buffer = ctypes.create_string_buffer(64)
    XKB.xkb_keysym_get_name(keysym, buffer, len(buffer))
    return buffer.value.decode()


def keysym_by_name(text):
    return XKB.xkb_keysym_from_name(text.encode(), 0)
