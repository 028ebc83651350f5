/** The capture devices of the simulated server: a stick with picture controls, or a bridge with an EDID. */

const field = (id, name, more = {}) => ({ id, name, description: '', kind: 'text', list: false, required: false, default: '', ...more });
const control = (key, min, max, standard) => ({ key, min, max, step: 1, default: standard, current: standard });

const CONTROLS = [control('brightness', -128, 127, -11), control('contrast', 0, 255, 148), control('saturation', 0, 255, 180), control('hue', -128, 127, 0)];
const MODES = { widthKey: 'width', heightKey: 'height', rateKey: 'framesPerSecond', sizes: [{ width: 1920, height: 1080, rates: [30, 25, 10] }, { width: 1280, height: 720, rates: [60, 50, 29.97] }] };
const FIELDS = [
  field('width', 'Width', { kind: 'integer', default: '0' }), field('height', 'Height', { kind: 'integer', default: '0' }), field('framesPerSecond', 'Frames per second', { kind: 'integer', default: '30' }),
  field('brightness', 'Brightness'), field('contrast', 'Contrast'), field('saturation', 'Saturation'), field('hue', 'Hue'),
  field('edid', 'EDID', { description: 'HDMI bridges only: the monitor that the computer detects.' }),
  field('dropSameFrames', 'Drop same frames', { kind: 'flag', default: 'false', description: 'Sends a picture that is identical to the previous one only once a second.' }),
];
const timing = (width, height, fps, interlaced = false) => ({ width, height, fps, interlaced });
const MONITOR = {
  hex: '00ffffffffffff00'.padEnd(256, '0'), version: '1.4', manufacturer: 'CAT', product: 1, name: 'Catseye', serial: '', year: 2026, hdmi: false, audio: false,
  preferred: timing(1280, 720, 60), timings: [timing(1920, 1080, 30), timing(1920, 1080, 29.97, true), timing(1280, 720, 60)], unknownCodes: [200],
};

export class FakeCapture {
  /** stick, bridge, plain (a driver without its own limits), nothing. */
  kind = 'stick';
  values = { brightness: '20' };
  configured = true;
  /** Changes, such as {"brightness":"3"}. */
  calls = [];
  version = 1;

  /** Somebody else changes something. */
  change(values) {
    Object.assign(this.values, values);
    this.version++;
  }

  answer(method, path, body, version) {
    if (!/^targets\/[^/]*\/capture$/.test(path)) return null;
    if (method === 'GET') return this.#state();
    this.calls.push(JSON.stringify(body.values));
    if (version !== `"${this.version}"`) return refuse(409, 'changed', 'These settings were changed in the meantime, in another window or in the file. Load them again.');
    for (const [key, value] of Object.entries(body.values)) {
      const limits = CONTROLS.find((each) => each.key === key);
      if (limits && !(value >= limits.min && value <= limits.max)) {
        return refuse(400, 'bad_value', 'x', { [key]: `It has to be ${limits.min} to ${limits.max} for this device.` });
      }
      if (key === 'edid' && value.length > 20 && !value.startsWith('00ffffffffffff00')) {
        return refuse(400, 'bad_value', 'x', { edid: 'In this EDID, byte 0 is 0x47; it has to be 0x00.' });
      }
    }
    this.configured = true;
    this.change(body.values);
    return this.#state();
  }

  #state() {
    if (this.kind === 'nothing') return { status: 200, body: { device: 'Virtual machine', controls: [], problem: 'This device has nothing to adjust.' } };
    const keys = { stick: FIELDS.map(({ id }) => id).filter((id) => id !== 'edid'), bridge: ['edid', 'dropSameFrames'], plain: ['dropSameFrames'] }[this.kind];
    const text = { pid: 'org.catseye.capture.v4l2', title: 'HDMI stick', description: '', group: 'computers', bundle: 'b', running: true, single: false, several: true };
    return {
      status: 200, headers: { ETag: `"${this.version}"` },
      body: {
        device: this.kind === 'bridge' ? '/dev/video0 (unicam at fe801000.csi)' : '/dev/video0 (MS2109 534d:2109 at USB port 1-1.3)', configured: this.configured,
        controls: this.kind === 'stick' ? CONTROLS : [],
        ...(this.kind === 'stick' ? { modes: MODES } : {}),
        ...(this.kind === 'bridge' ? { incoming: timing(1280, 720, 60), edid: { key: 'edid', presets: ['1280x720p60', '1920x1080p50'], current: { ...MONITOR, ...this.#shownEdid() } } } : {}),
        settings: {
          pid: this.configured ? 'org.catseye.capture.v4l2~bay1' : 'org.catseye.capture.v4l2', title: 'bay1', stored: this.configured, file: 'org.catseye.capture.v4l2~bay1.cfg', form: text, unknown: [],
          fields: FIELDS.filter(({ id }) => keys.includes(id)).map((each) => ({ ...each, value: this.values[each.id] })),
        },
      },
    };
  }

  /** The device shows what was set. */
  #shownEdid() {
    const { edid = '' } = this.values;
    return edid.length > 20 ? { hex: edid, name: 'Uploaded' } : edid ? { name: edid } : {};
  }
}

const refuse = (status, code, message, fields) => ({ status, body: { error: { code, message, fields } } });
