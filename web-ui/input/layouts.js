/**
 * Keyboard layouts: the characters on the keys of each country. The remote computer converts key positions to characters with the
 * layout that is configured there. To type a text, this is done in reverse.
 *
 * Each level has four rows, with keys from left to right as in `ROWS`. A blank is a key without a character, or without one that all
 * systems agree on. Dead keys are written with their own signs, `ˆ ˊ ˋ ¨ ˜ ∼ ˇ ˚ ¸`: see strokes.js. The tables contain what Windows
 * and xkeyboard-config (Linux, GRUB) have in common. Where these differ in characters that a shell needs, a country has an entry for
 * each. test/layouts-xkb.test.js compares all of them with xkeyboard-config and lists each difference.
 *
 * @typedef {[string, string, string, string]} Rows
 * @typedef {object} Layout
 * @property {Rows} plain
 * @property {Rows} shift
 * @property {Rows} [altGr]
 * @property {Rows} [shiftAltGr]
 * @property {Record<string, string>} [alone] the character of a dead key followed by Space, where it is unusual
 */

export const ROWS = [
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal IntlYen',
  'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight',
  'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash',
  'IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash IntlRo',
].map((row) => row.split(' '));

/** A copy with some signs replaced. @param {Rows} rows @param {string} from @param {string} to @returns {Rows} */
function exchange(rows, from, to) {
  const signs = [...to];
  const swapped = rows.map((row) => [...row].map((sign) => signs[[...from].indexOf(sign)] ?? sign).join(''));
  return /** @type {Rows} */ (swapped);
}

/** @param {Layout} layout @param {string} from @param {string} to @returns {Layout} */
function variant({ plain, shift, altGr, shiftAltGr }, from, to) {
  return {
    plain: exchange(plain, from, to), shift: exchange(shift, from, to),
    altGr: altGr && exchange(altGr, from, to), shiftAltGr: shiftAltGr && exchange(shiftAltGr, from, to),
  };
}

/** @type {Layout} */
const us = {
  plain: ['`1234567890-=', 'qwertyuiop[]', 'asdfghjkl;\'\\', ' zxcvbnm,./'],
  shift: ['~!@#$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:"|', ' ZXCVBNM<>?'],
};

/** @type {Layout} */
const usIntl = {
  plain: ['ˋ1234567890-=', 'qwertyuiop[]', 'asdfghjkl;ˊ\\', ' zxcvbnm,./'],
  shift: ['˜!@#$%ˆ&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:¨|', ' ZXCVBNM<>?'],
  altGr: [' ¡²³¤€¼½¾  ¥×', 'äåé®þüúíóö«»', 'áßð     ø¶ ¬', ' æ ©  ñµç ¿'],
  shiftAltGr: [' ¹  £       ÷', 'ÄÅÉ ÞÜÚÍÓÖ', 'Á§Ð     Ø°', ' Æ ¢  Ñ Ç'],
  alone: { 'ˊ': '\'', '¨': '"' },
};

/** @type {Layout} */
const gb = {
  plain: ['`1234567890-=', 'qwertyuiop[]', 'asdfghjkl;\'#', '\\zxcvbnm,./'],
  shift: ['¬!"£$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:@~', '|ZXCVBNM<>?'],
  altGr: ['    €', '', '', ''],
};

/** @type {Layout} */
const de = {
  plain: ['ˆ1234567890ßˊ', 'qwertzuiopü+', 'asdfghjklöä#', '<yxcvbnm,.-'],
  shift: ['°!"§$%&/()=?ˋ', 'QWERTZUIOPÜ*', 'ASDFGHJKLÖÄ\'', '>YXCVBNM;:_'],
  altGr: ['  ²³   {[]}\\', '@ €        ~', '', '|      µ'],
};

/** @type {Layout} */
const chDe = {
  plain: ['§1234567890\'ˆ', 'qwertzuiopü¨', 'asdfghjklöä$', '<yxcvbnm,.-'],
  shift: ['°+"*ç%&/()=?ˋ', 'QWERTZUIOPè!', 'ASDFGHJKLéà£', '>YXCVBNM;:_'],
  altGr: ['  @#  ¬|¢  ˊ˜', '  €       []', '          {}', '\\'],
};

/** @type {Layout} */
const fr = {
  plain: ['²&é"\'(-è_çà)=', 'azertyuiopˆ$', 'qsdfghjklmù*', '<wxcvbn,;:!'],
  shift: [' 1234567890°+', 'AZERTYUIOP¨£', 'QSDFGHJKLM%µ', '>WXCVBN?./§'],
  altGr: ['  ~#{[|`\\^@]}', '  €        ¤', '', ''],
};

/** @type {Layout} */
const be = {
  plain: ['²&é"\'(§è!çà)-', 'azertyuiopˆ$', 'qsdfghjklmùµ', '<wxcvbn,;:='],
  shift: ['³1234567890°_', 'AZERTYUIOP¨*', 'QSDFGHJKLM%£', '>WXCVBN?./+'],
  altGr: [' |@#  ^  {}', '  €       []', '          ˊˋ', '\\         ˜'],
};

/** @type {Layout} */
const ca = {
  plain: ['#1234567890-=', 'qwertyuiopˆ¸', 'asdfghjkl;ˋ<', '«zxcvbnm,.é'],
  shift: ['|!"/$%?&*()_+', 'QWERTYUIOPˆ¨', 'ASDFGHJKL:ˋ>', '»ZXCVBNM\'.É'],
  altGr: ['\\±@£¢¤¬¦²³¼½¾', '          []', '         ~{}', '°      µ  ˊ'],
};

/** @type {Layout} */
const es = {
  plain: ['º1234567890\'¡', 'qwertyuiopˋ+', 'asdfghjklñˊç', '<zxcvbnm,.-'],
  shift: ['ª!"·$%&/()=?¿', 'QWERTYUIOPˆ*', 'ASDFGHJKLÑ¨Ç', '>ZXCVBNM;:_'],
  altGr: ['\\|@#~ ¬', '  €       []', '          {}', ''],
};

/** @type {Layout} */
const latam = {
  plain: ['|1234567890\'¿', 'qwertyuiopˊ+', 'asdfghjklñ{}', '<zxcvbnm,.-'],
  shift: ['°!"#$%&/()=?¡', 'QWERTYUIOP¨*', 'ASDFGHJKLÑ[]', '>ZXCVBNM;:_'],
  altGr: ['¬          \\', '@ €        ~', '          ˆˋ', ''],
};

/** @type {Layout} */
const it = {
  plain: ['\\1234567890\'ì', 'qwertyuiopè+', 'asdfghjklòàù', '<zxcvbnm,.-'],
  shift: ['|!"£$%&/()=?^', 'QWERTYUIOPé*', 'ASDFGHJKLç°§', '>ZXCVBNM;:_'],
  altGr: ['           `~', '  €       []', '         @#', ''],
  shiftAltGr: ['', '          {}', '', ''],
};

/** @type {Layout} */
const pt = {
  plain: ['\\1234567890\'«', 'qwertyuiop+ˊ', 'asdfghjklçº˜', '<zxcvbnm,.-'],
  shift: ['|!"#$%&/()=?»', 'QWERTYUIOP*ˋ', 'ASDFGHJKLÇªˆ', '>ZXCVBNM;:_'],
  altGr: ['  @£§  {[]}', '  €       ¨', '', ''],
};

/** @type {Layout} */
const br = {
  plain: ['\'1234567890-=', 'qwertyuiopˊ[', 'asdfghjklç˜]', '\\zxcvbnm,.;/'],
  shift: ['"!@#$%¨&*()_+', 'QWERTYUIOPˋ{', 'ASDFGHJKLÇˆ}', '|ZXCVBNM<>:?'],
  altGr: [' ¹²³£¢¬     §', '  °        ª', '           º', ''],
};

/** @type {Layout} */
const se = {
  plain: ['§1234567890+ˊ', 'qwertyuiopå¨', 'asdfghjklöä\'', '<zxcvbnm,.-'],
  shift: ['½!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLÖÄ*', '>ZXCVBNM;:_'],
  altGr: ['  @£$  {[]}\\', '  €        ˜', '', '|      µ'],
};

/** @type {Layout} */
const no = {
  plain: ['|1234567890+\\', 'qwertyuiopå¨', 'asdfghjkløæ\'', '<zxcvbnm,.-'],
  shift: ['§!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLØÆ*', '>ZXCVBNM;:_'],
  altGr: ['  @£$  {[]} ˊ', '  €        ˜', '', '       µ'],
};

/** @type {Layout} */
const dk = {
  plain: ['½1234567890+ˊ', 'qwertyuiopå¨', 'asdfghjklæø\'', '<zxcvbnm,.-'],
  shift: ['§!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLÆØ*', '>ZXCVBNM;:_'],
  altGr: ['  @£$  {[]} |', '  €        ˜', '', '\\      µ'],
};

/** @type {Layout} */
const pl = {
  ...us,
  altGr: ['     €', '  ę     ó', 'ąś      ł', ' żźć  ń'],
  shiftAltGr: ['', '  Ę     Ó', 'ĄŚ      Ł', ' ŻŹĆ  Ń'],
};

/** @type {Layout} */
const cz = {
  plain: [';+ěščřžýáíé=ˊ', 'qwertzuiopú)', 'asdfghjklů§¨', '\\yxcvbnm,.-'],
  shift: ['˚1234567890%ˇ', 'QWERTZUIOP/(', 'ASDFGHJKL"!\'', '|YXCVBNM?:_'],
  altGr: ['', '  €', '~  []`   $', '  #&@{}^<>*'],
};

/** The Yen key types a backslash on Windows and a Yen sign elsewhere; only the key beside the right Shift is reliable. @type {Layout} */
const jp = {
  plain: [' 1234567890-^', 'qwertyuiop@[', 'asdfghjkl;:]', ' zxcvbnm,./\\'],
  shift: [' !"#$%&\'() =~|', 'QWERTYUIOP`{', 'ASDFGHJKL+*}', ' ZXCVBNM<>?_'],
};

/** @type {Record<string, Layout>} by the id that browsers keep as a preference */
export const LAYOUTS = {
  be, cz,
  'cz-windows': { ...cz, altGr: [' ~ ˆ   `', '  €', '   []    $', '  #&@{} <>*'] },
  dk, gb, us, 'us-intl': usIntl, ca, fr,
  'fr-windows': variant(fr, '~`', '˜ˋ'),
  'ch-fr': variant(chDe, 'üèöéäà', 'èüéöàä'),
  de, 'de-nodead': variant(de, 'ˆˊˋ', '^´`'), 'ch-de': chDe,
  it,
  // Windows' Italian keyboard has no key for these two.
  'it-windows': variant(it, '~`', '  '),
  jp, no, pl,
  'pl-windows': { ...variant(pl, '~', '∼'), altGr: ['', '  ę   € ó', 'ąś      ł', ' żźć  ń'] },
  br, pt, latam, es,
  'es-windows': variant(es, '~', '˜'),
  se,
};
