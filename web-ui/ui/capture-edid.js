import { h, setText } from '../public/dom.js';
import { formatNumber, t } from '../public/text.js';
import { actionButton } from './access-section.js';
import { createFrame, showOptions, valueOf } from './capture-row.js';
import { saveBlob } from './save.js';

/** @typedef {import('../protocol/capture-api.js').Timing} Timing */

const OWN = 'own';
/** Four blocks, or their digits with some space between them. */
const MAX_FILE_BYTES = 4096;
const MAX_TIMINGS = 40;

/** @param {Timing} timing */
export function describeTiming({ width, height, fps, interlaced }) {
  const values = { width: String(width), height: String(height), fps: formatNumber(fps, Number.isInteger(fps) ? 0 : 2) };
  return t(fps === 0 ? (interlaced ? 'capture.interlacedSize' : 'capture.progressiveSize') : interlaced ? 'capture.interlaced' : 'capture.progressive', values);
}

/** @param {import('../protocol/capture-api.js').EdidContent} edid @returns {[string, string][]} */
function describeEdid({ hex, version, manufacturer, product, name, serial, year, hdmi, audio, preferred, timings, unknownCodes }) {
  const shown = timings.slice(0, MAX_TIMINGS).map(describeTiming);
  if (timings.length > MAX_TIMINGS) shown.push(t('capture.moreTimings', { count: timings.length - MAX_TIMINGS }));
  if (unknownCodes.length > 0) shown.push(t('capture.codes', { codes: unknownCodes.join(', ') }));
  return [
    [t('capture.monitor'), [name, manufacturer, t('capture.product', { number: String(product) }), serial, String(year)].filter(Boolean).join(', ')],
    [t('capture.preferred'), preferred ? describeTiming(preferred) : t('capture.noPreferred')],
    [t('capture.timings'), shown.join('; ')],
    [t('capture.kind'), [hdmi ? 'HDMI' : 'DVI', t(audio ? 'capture.withSound' : 'capture.withoutSound')].join(', ')],
    [t('capture.data'), t('capture.bytes', { count: hex.length / 2, version })],
  ];
}

/** The EDID as hexadecimal digits: the bytes of a binary file, or the digits of a text file. @param {File} file */
async function readDigits(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder('latin1').decode(bytes);
  return /^[\da-f\s]+$/i.test(text) ? text.replace(/\s+/g, '') : [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The EDID of a bridge: a preset, a file, and what the device shows the computer now.
 *
 * @param {import('../protocol/settings-api.js').Field} field
 * @param {import('./capture-row.js').Change} change
 * @param {() => string} targetId
 * @returns {import('./capture-row.js').CaptureRow}
 */
export function createEdidRow({ id, name, description }, change, targetId) {
  let hex = '';
  const select = h('select', { class: 'select', onchange: () => change({ [id]: select.value === OWN ? saved : select.value }) });
  let saved = '';
  const file = h('input', { type: 'file', hidden: true, 'aria-label': t('capture.upload'), onchange: () => sendFile() });
  const download = actionButton(t('capture.download'), () => saveBlob(toBlob(hex), `edid-${targetId().replace(/[^\w.-]+/g, '_')}.bin`), 'button small');
  const facts = h('dl', { class: 'statistics-figures capture-edid' });
  const problem = h('p', { class: 'field-hint', state: 'warning' });
  const { element, showMistake } = createFrame(id, name, [select, h('div', { class: 'section-actions' }, actionButton(t('capture.upload'), () => file.click(), 'button small'), download),
    file, h('p', { class: 'field-hint' }, description), h('h3', {}, t('capture.now')), problem, facts], select);
  const sendFile = async () => {
    const [chosen] = file.files ?? [];
    file.value = '';
    if (!chosen) return;
    if (chosen.size > MAX_FILE_BYTES) showMistake(t('capture.fileTooLarge', { name: chosen.name }));
    else change({ [id]: await readDigits(chosen) });
  };
  return {
    element, keys: [id], showMistake,
    showValues: ({ edid }, fields) => {
      if (!edid) return;
      const value = valueOf(fields.get(id));
      saved = value;
      const isOwn = value !== '' && !edid.presets.includes(value);
      showOptions(select, [{ value: '', label: t('capture.edidUnset') }, ...edid.presets.map((preset) => ({ value: preset, label: preset })),
        ...(isOwn ? [{ value: OWN, label: t('capture.edidOwn') }] : [])], isOwn ? OWN : value);
      hex = edid.current?.hex ?? '';
      download.disabled = hex === '';
      setText(problem, edid.problem ?? '');
      facts.replaceChildren(...(edid.current ? describeEdid(edid.current) : []).map(([term, text]) => h('div', {}, h('dt', {}, term), h('dd', {}, text))));
    },
  };
}

/** @param {string} hex */
function toBlob(hex) {
  return new Blob([Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))], { type: 'application/octet-stream' });
}
