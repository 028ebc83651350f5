import { define, setAttribute } from '../public/dom.js';
import { t } from '../public/text.js';

const SVG = 'http://www.w3.org/2000/svg';
/** The white margin in modules, which scanners need. */
const MARGIN = 4;

/** A QR code, dark on white in every theme. Set `rows`: rows from the top, one digit per module, 1 is dark. */
export class CatseyeQrCode extends HTMLElement {
  /** @param {string[]} rows */
  set rows(rows) {
    const size = rows.length + 2 * MARGIN;
    const path = rows.flatMap((row, y) => [...row].flatMap((module, x) => (module === '1' ? [`M${x + MARGIN} ${y + MARGIN}h1v1h-1z`] : []))).join('');
    const svg = document.createElementNS(SVG, 'svg');
    const modules = document.createElementNS(SVG, 'path');
    setAttribute(svg, 'viewBox', `0 0 ${size} ${size}`);
    setAttribute(svg, 'role', 'img');
    setAttribute(svg, 'aria-label', t('factor.qr'));
    setAttribute(svg, 'shape-rendering', 'crispEdges');
    setAttribute(modules, 'd', path);
    svg.append(modules);
    this.replaceChildren(svg);
  }
}

define('catseye-qr-code', CatseyeQrCode);
