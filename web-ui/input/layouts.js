/**
 * Keyboard layouts: what is printed on the keys of a country. The distant computer turns places into characters by the
 * layout it is set to; whoever types a text for it must go the same way back.
 *
 * Four rows per level, keys from left to right as in `ROWS`; a blank is a key that has nothing there, or nothing all systems
 * agree on. Dead keys have signs of their own, `ˆ ˊ ˋ ¨ ˜ ∼ ˇ ˚ ¸`: see strokes.js. The tables hold what Windows and
 * xkeyboard-config (Linux, GRUB) have in common. Where these differ in what a shell needs, a country has an entry for each;
 * test/layouts-xkb.test.js compares all of them with xkeyboard-config and names each difference.
 *
 * @typedef {[string, string, string, string]} Rows
 * @typedef {object} Layout
 * @property {string} name as people call it
 * @property {Rows} plain
 * @property {Rows} shift
 * @property {Rows} [altGr]
 * @property {Rows} [shiftAltGr]
 * @property {Record<string, string>} [alone] what a dead key and Space give, where it is not as usual
 */

export const ROWS = [
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal IntlYen',
  'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight',
  'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash',
  'IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash IntlRo',
].map((row) => row.split(' '));

/** The same with other signs on it. @param {Rows} rows @param {string} from @param {string} to @returns {Rows} */
function exchange(rows, from, to) {
  const signs = [...to];
  const swapped = rows.map((row) => [...row].map((sign) => signs[[...from].indexOf(sign)] ?? sign).join(''));
  return /** @type {Rows} */ (swapped);
}

/** @param {Layout} layout @param {string} name @param {string} from @param {string} to @returns {Layout} */
function variant({ plain, shift, altGr, shiftAltGr }, name, from, to) {
  return {
    name, plain: exchange(plain, from, to), shift: exchange(shift, from, to),
    altGr: altGr && exchange(altGr, from, to), shiftAltGr: shiftAltGr && exchange(shiftAltGr, from, to),
  };
}

/** @type {Layout} */
const us = {
  name: 'English (United States)',
  plain: ['`1234567890-=', 'qwertyuiop[]', 'asdfghjkl;\'\\', ' zxcvbnm,./'],
  shift: ['~!@#$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:"|', ' ZXCVBNM<>?'],
};

/** @type {Layout} */
const usIntl = {
  name: 'English (US, international), Dutch',
  plain: ['ˋ1234567890-=', 'qwertyuiop[]', 'asdfghjkl;ˊ\\', ' zxcvbnm,./'],
  shift: ['˜!@#$%ˆ&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:¨|', ' ZXCVBNM<>?'],
  altGr: [' ¡²³¤€¼½¾  ¥×', 'äåé®þüúíóö«»', 'áßð     ø¶ ¬', ' æ ©  ñµç ¿'],
  shiftAltGr: [' ¹  £       ÷', 'ÄÅÉ ÞÜÚÍÓÖ', 'Á§Ð     Ø°', ' Æ ¢  Ñ Ç'],
  alone: { 'ˊ': '\'', '¨': '"' },
};

/** @type {Layout} */
const gb = {
  name: 'English (United Kingdom)',
  plain: ['`1234567890-=', 'qwertyuiop[]', 'asdfghjkl;\'#', '\\zxcvbnm,./'],
  shift: ['¬!"£$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:@~', '|ZXCVBNM<>?'],
  altGr: ['    €', '', '', ''],
};

/** @type {Layout} */
const de = {
  name: 'German (Germany, Austria)',
  plain: ['ˆ1234567890ßˊ', 'qwertzuiopü+', 'asdfghjklöä#', '<yxcvbnm,.-'],
  shift: ['°!"§$%&/()=?ˋ', 'QWERTZUIOPÜ*', 'ASDFGHJKLÖÄ\'', '>YXCVBNM;:_'],
  altGr: ['  ²³   {[]}\\', '@ €        ~', '', '|      µ'],
};

/** @type {Layout} */
const chDe = {
  name: 'German (Switzerland)',
  plain: ['§1234567890\'ˆ', 'qwertzuiopü¨', 'asdfghjklöä$', '<yxcvbnm,.-'],
  shift: ['°+"*ç%&/()=?ˋ', 'QWERTZUIOPè!', 'ASDFGHJKLéà£', '>YXCVBNM;:_'],
  altGr: ['  @#  ¬|¢  ˊ˜', '  €       []', '          {}', '\\'],
};

/** @type {Layout} */
const fr = {
  name: 'French (France, Linux)',
  plain: ['²&é"\'(-è_çà)=', 'azertyuiopˆ$', 'qsdfghjklmù*', '<wxcvbn,;:!'],
  shift: [' 1234567890°+', 'AZERTYUIOP¨£', 'QSDFGHJKLM%µ', '>WXCVBN?./§'],
  altGr: ['  ~#{[|`\\^@]}', '  €        ¤', '', ''],
};

/** @type {Layout} */
const be = {
  name: 'Belgian',
  plain: ['²&é"\'(§è!çà)-', 'azertyuiopˆ$', 'qsdfghjklmùµ', '<wxcvbn,;:='],
  shift: ['³1234567890°_', 'AZERTYUIOP¨*', 'QSDFGHJKLM%£', '>WXCVBN?./+'],
  altGr: [' |@#  ^  {}', '  €       []', '          ˊˋ', '\\         ˜'],
};

/** @type {Layout} */
const ca = {
  name: 'French (Canada)',
  plain: ['#1234567890-=', 'qwertyuiopˆ¸', 'asdfghjkl;ˋ<', '«zxcvbnm,.é'],
  shift: ['|!"/$%?&*()_+', 'QWERTYUIOPˆ¨', 'ASDFGHJKL:ˋ>', '»ZXCVBNM\'.É'],
  altGr: ['\\±@£¢¤¬¦²³¼½¾', '          []', '         ~{}', '°      µ  ˊ'],
};

/** @type {Layout} */
const es = {
  name: 'Spanish (Spain, Linux)',
  plain: ['º1234567890\'¡', 'qwertyuiopˋ+', 'asdfghjklñˊç', '<zxcvbnm,.-'],
  shift: ['ª!"·$%&/()=?¿', 'QWERTYUIOPˆ*', 'ASDFGHJKLÑ¨Ç', '>ZXCVBNM;:_'],
  altGr: ['\\|@#~ ¬', '  €       []', '          {}', ''],
};

/** @type {Layout} */
const latam = {
  name: 'Spanish (Latin America)',
  plain: ['|1234567890\'¿', 'qwertyuiopˊ+', 'asdfghjklñ{}', '<zxcvbnm,.-'],
  shift: ['°!"#$%&/()=?¡', 'QWERTYUIOP¨*', 'ASDFGHJKLÑ[]', '>ZXCVBNM;:_'],
  altGr: ['¬          \\', '@ €        ~', '          ˆˋ', ''],
};

/** @type {Layout} */
const it = {
  name: 'Italian (Linux)',
  plain: ['\\1234567890\'ì', 'qwertyuiopè+', 'asdfghjklòàù', '<zxcvbnm,.-'],
  shift: ['|!"£$%&/()=?^', 'QWERTYUIOPé*', 'ASDFGHJKLç°§', '>ZXCVBNM;:_'],
  altGr: ['           `~', '  €       []', '         @#', ''],
  shiftAltGr: ['', '          {}', '', ''],
};

/** @type {Layout} */
const pt = {
  name: 'Portuguese (Portugal)',
  plain: ['\\1234567890\'«', 'qwertyuiop+ˊ', 'asdfghjklçº˜', '<zxcvbnm,.-'],
  shift: ['|!"#$%&/()=?»', 'QWERTYUIOP*ˋ', 'ASDFGHJKLÇªˆ', '>ZXCVBNM;:_'],
  altGr: ['  @£§  {[]}', '  €       ¨', '', ''],
};

/** @type {Layout} */
const br = {
  name: 'Portuguese (Brazil, ABNT2)',
  plain: ['\'1234567890-=', 'qwertyuiopˊ[', 'asdfghjklç˜]', '\\zxcvbnm,.;/'],
  shift: ['"!@#$%¨&*()_+', 'QWERTYUIOPˋ{', 'ASDFGHJKLÇˆ}', '|ZXCVBNM<>:?'],
  altGr: [' ¹²³£¢¬     §', '  °        ª', '           º', ''],
};

/** @type {Layout} */
const se = {
  name: 'Swedish, Finnish',
  plain: ['§1234567890+ˊ', 'qwertyuiopå¨', 'asdfghjklöä\'', '<zxcvbnm,.-'],
  shift: ['½!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLÖÄ*', '>ZXCVBNM;:_'],
  altGr: ['  @£$  {[]}\\', '  €        ˜', '', '|      µ'],
};

/** @type {Layout} */
const no = {
  name: 'Norwegian',
  plain: ['|1234567890+\\', 'qwertyuiopå¨', 'asdfghjkløæ\'', '<zxcvbnm,.-'],
  shift: ['§!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLØÆ*', '>ZXCVBNM;:_'],
  altGr: ['  @£$  {[]} ˊ', '  €        ˜', '', '       µ'],
};

/** @type {Layout} */
const dk = {
  name: 'Danish',
  plain: ['½1234567890+ˊ', 'qwertyuiopå¨', 'asdfghjklæø\'', '<zxcvbnm,.-'],
  shift: ['§!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLÆØ*', '>ZXCVBNM;:_'],
  altGr: ['  @£$  {[]} |', '  €        ˜', '', '\\      µ'],
};

/** @type {Layout} */
const pl = {
  ...us,
  name: 'Polish (programmer’s, Linux)',
  altGr: ['     €', '  ę     ó', 'ąś      ł', ' żźć  ń'],
  shiftAltGr: ['', '  Ę     Ó', 'ĄŚ      Ł', ' ŻŹĆ  Ń'],
};

/** @type {Layout} */
const cz = {
  name: 'Czech (Linux)',
  plain: [';+ěščřžýáíé=ˊ', 'qwertzuiopú)', 'asdfghjklů§¨', '\\yxcvbnm,.-'],
  shift: ['˚1234567890%ˇ', 'QWERTZUIOP/(', 'ASDFGHJKL"!\'', '|YXCVBNM?:_'],
  altGr: ['', '  €', '~  []`   $', '  #&@{}^<>*'],
};

/** The Yen key gives a backslash on Windows and a Yen sign elsewhere; the key beside the right Shift is sure. @type {Layout} */
const jp = {
  name: 'Japanese',
  plain: [' 1234567890-^', 'qwertyuiop@[', 'asdfghjkl;:]', ' zxcvbnm,./\\'],
  shift: [' !"#$%&\'() =~|', 'QWERTYUIOP`{', 'ASDFGHJKL+*}', ' ZXCVBNM<>?_'],
};

/** @type {Record<string, Layout>} by what a browser remembers, in the order of the names */
export const LAYOUTS = {
  be, cz,
  'cz-windows': { ...cz, name: 'Czech (Windows)', altGr: [' ~ ˆ   `', '  €', '   []    $', '  #&@{} <>*'] },
  dk, gb, us, 'us-intl': usIntl, ca, fr,
  'fr-windows': variant(fr, 'French (France, Windows)', '~`', '˜ˋ'),
  'ch-fr': variant(chDe, 'French (Switzerland)', 'üèöéäà', 'èüéöàä'),
  de, 'de-nodead': variant(de, 'German (no dead keys)', 'ˆˊˋ', '^´`'), 'ch-de': chDe,
  it,
  // Windows' Italian keyboard has no key for these two.
  'it-windows': variant(it, 'Italian (Windows)', '~`', '  '),
  jp, no, pl,
  'pl-windows': { ...variant(pl, 'Polish (programmer’s, Windows)', '~', '∼'), altGr: ['', '  ę   € ó', 'ąś      ł', ' żźć  ń'] },
  br, pt, latam, es,
  'es-windows': variant(es, 'Spanish (Spain, Windows)', '~', '˜'),
  se,
};
