import { readFileSync } from 'node:fs';

/** The keys of the product's key table, and what Linux calls them (include/uapi/linux/input-event-codes.h). */

const TABLE = new URL('../../bundles/web/control/src/main/resources/org/catseye/web/control/key-codes.txt', import.meta.url);

/** @type {string[]} each KeyboardEvent.code that the product accepts */
export const CODES = readFileSync(TABLE, 'ascii').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' ')[0]);

const NAMES = Object.fromEntries(`
Escape=ESC Minus=MINUS Equal=EQUAL BracketLeft=LEFTBRACE BracketRight=RIGHTBRACE Backslash=BACKSLASH IntlHash=BACKSLASH Semicolon=SEMICOLON Quote=APOSTROPHE
Backquote=GRAVE Comma=COMMA Period=DOT Slash=SLASH PrintScreen=SYSRQ
ArrowRight=RIGHT ArrowLeft=LEFT ArrowDown=DOWN ArrowUp=UP
NumpadDivide=KPSLASH NumpadMultiply=KPASTERISK NumpadSubtract=KPMINUS NumpadAdd=KPPLUS NumpadDecimal=KPDOT NumpadEnter=KPENTER NumpadEqual=KPEQUAL NumpadComma=KPCOMMA
IntlBackslash=102ND ContextMenu=COMPOSE Select=SELECT
IntlRo=RO KanaMode=KATAKANAHIRAGANA IntlYen=YEN Convert=HENKAN NonConvert=MUHENKAN Lang1=HANGEUL Lang2=HANJA Lang3=KATAKANA Lang4=HIRAGANA Lang5=ZENKAKUHANKAKU
ControlLeft=LEFTCTRL ShiftLeft=LEFTSHIFT AltLeft=LEFTALT MetaLeft=LEFTMETA ControlRight=RIGHTCTRL ShiftRight=RIGHTSHIFT AltRight=RIGHTALT MetaRight=RIGHTMETA
OSLeft=LEFTMETA OSRight=RIGHTMETA
AudioVolumeMute=MUTE AudioVolumeUp=VOLUMEUP AudioVolumeDown=VOLUMEDOWN VolumeMute=MUTE VolumeUp=VOLUMEUP VolumeDown=VOLUMEDOWN
MediaTrackNext=NEXTSONG MediaTrackPrevious=PREVIOUSSONG MediaStop=STOPCD MediaPlayPause=PLAYPAUSE MediaSelect=MEDIA Eject=EJECTCD
LaunchMail=MAIL LaunchApp1=COMPUTER LaunchApp2=CALC
BrowserSearch=SEARCH BrowserHome=HOMEPAGE BrowserBack=BACK BrowserForward=FORWARD BrowserStop=STOP BrowserRefresh=REFRESH BrowserFavorites=BOOKMARKS
`.trim().split(/\s+/).map((pair) => pair.split('=')));

/** The name of a key in Linux: KeyA is KEY_A, Digit1 is KEY_1, Numpad1 is KEY_KP1, and F1, Tab and others have the same name. */
export const linuxName = (code) => `KEY_${NAMES[code] ?? code.replace(/^(Key|Digit)/, '').replace(/^Numpad/, 'KP').toUpperCase()}`;

const list = (codes, reason) => Object.fromEntries(codes.split(' ').map((code) => [code, reason]));

/**
 * Keys that do not reach a guest through QEMU's VNC server, with the reason. Later versions of QEMU may carry them; then they have to be
 * the right keys.
 */
export const NOT_CARRIED = {
  ...list('F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24', 'QEMU has names for these keys since version 8'),
  ...list('Lang1 Lang2 Lang3 Lang5', 'QEMU\'s keyboards have no codes for these keys'),
  ...list('Help Again Undo Cut Copy Find', 'QEMU has names for these keys of Sun keyboards, and its PC keyboards have no codes for them'),
  ...list('Open Select Paste', 'there are no scan codes for these keys'),
  ...list('Eject BrightnessUp BrightnessDown', 'there are no scan codes for these keys'),
  BrowserSearch: 'QEMU has no name for this key',
};

/** Those that do not reach QEMU's USB keyboard, additionally. */
export const NOT_CARRIED_BY_USB = {
  ...NOT_CARRIED,
  ...list('MediaTrackNext MediaTrackPrevious MediaStop MediaPlayPause MediaSelect LaunchMail LaunchApp1 LaunchApp2 BrowserHome BrowserBack BrowserForward '
    + 'BrowserStop BrowserRefresh BrowserFavorites', 'QEMU\'s USB keyboard has no media keys'),
  ...list('Sleep WakeUp', 'QEMU\'s USB keyboard has no system controls'),
  Lang4: 'QEMU\'s USB keyboard has no code for this key',
};

/** QEMU 7.2 gives its USB keyboard the codes of other keys for these. */
export const WRONG_IN_USB = list('NumpadEqual NumpadComma', 'QEMU 7.2 sends F13 and the right Meta key');
