/** The icons, drawn on a 24-unit grid with a round pen, in the colour of the surrounding text. */

const SVG = 'http://www.w3.org/2000/svg';

/** Path data; several paths are separate strokes. @type {Record<string, string[]>} */
const PATHS = {
  keyboard: ['M4 6.5h16a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 16V8A1.5 1.5 0 0 1 4 6.5z',
    'M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M6.5 14h.01M17.5 14h.01M9.5 14h5'],
  pointer: ['M5.5 3.8l13 7.2-5.6 1.7-2.7 5.4z'],
  mouse: ['M12 3a5.5 5.5 0 0 1 5.5 5.5v7a5.5 5.5 0 0 1-11 0v-7A5.5 5.5 0 0 1 12 3z', 'M12 6.5v4'],
  fit: ['M3.5 6A1.5 1.5 0 0 1 5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18z',
    'M7 12h10M7 12l2.2-2.2M7 12l2.2 2.2M17 12l-2.2-2.2M17 12l-2.2 2.2'],
  natural: ['M3.5 6A1.5 1.5 0 0 1 5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18z',
    'M7.2 9.7l1.6-.9v6.6M15 9.7l1.6-.9v6.6M12 10.3h.01M12 14h.01'],
  fullscreen: ['M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15'],
  windowed: ['M9 4v3.5A1.5 1.5 0 0 1 7.5 9H4M20 9h-3.5A1.5 1.5 0 0 1 15 7.5V4M15 20v-3.5a1.5 1.5 0 0 1 1.5-1.5H20M4 15h3.5A1.5 1.5 0 0 1 9 16.5V20'],
  camera: ['M4.5 7.5h3l1.4-2.2a1 1 0 0 1 .8-.5h4.6a1 1 0 0 1 .8.5l1.4 2.2h3A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5V9a1.5 1.5 0 0 1 1.5-1.5z',
    'M12 9.8a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6z'],
  user: ['M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z', 'M4.5 20c.8-3.4 3.7-5.2 7.5-5.2s6.7 1.8 7.5 5.2'],
  logout: ['M10 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H10', 'M10.5 12H20M16.5 8.5L20 12l-3.5 3.5'],
  system: ['M4 7h9M17 7h3M4 12h2M10 12h10M4 17h8M16 17h4', 'M15 5.3v3.4M8 10.3v3.4M14 15.3v3.4'],
  settings: ['M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
    'M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2'],
  power: ['M12 3.5v8', 'M7.3 6.6a7.5 7.5 0 1 0 9.4 0'],
  panels: ['M9 3.5v4.5M15 3.5v4.5M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0zM12 17v3.5'],
  chevron: ['M7 10l5 5 5-5'],
  target: ['M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5z', 'M8.5 20h7M12 16.5V20'],
  close: ['M6 6l12 12M18 6L6 18'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  warning: ['M12 4l9 15.5H3z', 'M12 10v4.5M12 17h.01'],
  info: ['M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z', 'M12 11v5M12 8h.01'],
  unplugged: ['M8.5 3.5V8M15.5 3.5V8M6 8h12v3.5a6 6 0 0 1-12 0zM12 17.5v3', 'M3.5 3.5l17 17'],
  'no-signal': ['M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5z',
    'M8.5 20h7M12 16.5V20', 'M9 7.8l6 5.4M15 7.8l-6 5.4'],
  pause: ['M8.5 5.5v13M15.5 5.5v13'],
  lost: ['M9.5 14.5l5-5', 'M11 7.5l2-2a4 4 0 0 1 5.7 5.7l-2 2M13 16.5l-2 2a4 4 0 0 1-5.7-5.7l2-2', 'M4 4l2 2M18 18l2 2'],
  connecting: ['M12 3.5a8.5 8.5 0 1 0 8.5 8.5'],
  eye: ['M2.5 12C4.5 8 8 5.5 12 5.5S19.5 8 21.5 12c-2 4-5.5 6.5-9.5 6.5S4.5 16 2.5 12z', 'M12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z'],
  'eye-off': ['M2.5 12C4.5 8 8 5.5 12 5.5S19.5 8 21.5 12c-2 4-5.5 6.5-9.5 6.5S4.5 16 2.5 12z', 'M4 4l16 16'],
  'phone-keyboard': ['M8 2.5h8A1.5 1.5 0 0 1 17.5 4v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5z', 'M9.5 13.5h.01M12 13.5h.01M14.5 13.5h.01M9.5 16h.01M12 16h.01M14.5 16h.01M10 18.5h4'],
  disc: ['M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z', 'M12 9.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z'],
  eject: ['M12 5l6.5 8.5h-13z', 'M5.5 18h13'],
  library: ['M4.5 5h15v5h-15zM4.5 14h15v5h-15z', 'M8 7.5h.01M8 16.5h.01'],
  upload: ['M12 15.5V4.5M7.5 9L12 4.5 16.5 9', 'M4.5 15.5v3a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5v-3'],
  play: ['M8 5.5l10.5 6.5L8 18.5z'],
  copy: ['M9 8.5h9.5V20H9z', 'M6 15.5V4h9.5'],
  awake: ['M4 9.5h11.5v5a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5z', 'M15.5 11h1.8a2.2 2.2 0 0 1 0 4.5h-1.9M7.5 4v2.5M11.5 4v2.5'],
  text: ['M5 7V5h14v2M12 5v14M9.5 19h5'],
  lock: ['M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z', 'M8.5 11V8a3.5 3.5 0 0 1 7 0v3'],
};

/**
 * @param {string} name one of {@link iconNames}
 * @returns {SVGSVGElement} hidden from screen readers, because the surrounding button has the text
 */
export function icon(name) {
  const paths = PATHS[name];
  if (!paths) throw new Error(`there is no icon ${name}`);
  const svg = frame('0 0 24 24', 'icon');
  svg.dataset.icon = name;
  for (const d of paths) svg.append(shape('path', { d }));
  return svg;
}

export function iconNames() {
  return Object.keys(PATHS);
}

/** The logo: a cat's eye. @returns {SVGSVGElement} */
export function logo() {
  const svg = frame('0 0 32 32', 'logo');
  svg.append(
    shape('path', { d: 'M2 16C6 9.3 10.7 6 16 6s10 3.3 14 10c-4 6.7-8.7 10-14 10S6 22.7 2 16z', class: 'logo-eye' }),
    shape('circle', { cx: '16', cy: '16', r: '7.6', class: 'logo-iris' }),
    shape('path', { d: 'M16 8.8c1.9 2.2 2.8 4.6 2.8 7.2s-.9 5-2.8 7.2c-1.9-2.2-2.8-4.6-2.8-7.2s.9-5 2.8-7.2z', class: 'logo-pupil' }),
    shape('circle', { cx: '18.9', cy: '12.3', r: '1.15', class: 'logo-glint' }),
  );
  return svg;
}

/**
 * @param {string} viewBox
 * @param {string} className
 */
function frame(viewBox, className) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  return svg;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
