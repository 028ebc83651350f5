/** The settings of the simulated server: some forms, their configurations and their values. */

const TARGET = 'org.catseye.core.target';
const VIRTUAL = 'org.catseye.virtual.target';
const GATE = 'org.catseye.web.gate';
const LDAP = 'org.catseye.auth.ldap';
const HTTP = 'org.apache.felix.http';
const RELAY = 'org.catseye.power.relay';

const field = (id, name, more = {}) => ({ id, name, description: '', kind: 'text', list: false, required: false, ...more });
const form = (pid, title, group, fields, more = {}) => ({ pid, title, description: `About ${title}.`, group, bundle: pid, running: true, single: true, several: false, fields, ...more });

const FORMS = [
  form(HTTP, 'Apache Felix Jetty Based Http Service', 'web', [field('port', 'HTTP Port', { kind: 'integer', default: '8080' })], { lockReason: 'These settings have to be left to the start (bin/catseye --help).' }),
  form(LDAP, 'Catseye: LDAP directory', 'web', [field('bindDn', 'Search account', { default: '' }), field('bindPassword', 'Password of the search account', { kind: 'secret', description: 'Only for the search.' })]),
  form(TARGET, 'Catseye: target', 'computers', [
    field('id', 'Id', { default: 'default', description: 'Short name used in addresses (URLs) and by devices.' }), field('label', 'Label', { default: '', description: 'The name shown to users.' }),
  ], { single: false, several: true }),
  form(RELAY, 'Catseye: USB relay', 'power', [
    field('kvm.target', 'Target', { default: 'default' }), field('device', 'Device', { required: true }), field('actions', 'Actions', { list: true, default: ['press'], options: [{ value: 'press', label: 'Press' }, { value: 'hold', label: 'Hold' }] }),
  ], { single: false, several: true, running: false }),
  form(VIRTUAL, 'Catseye: virtual target', 'computers', [
    field('kvm.target', 'Target', { default: 'default' }), field('kvm.label', 'Label', { default: 'Virtual target' }),
    field('size', 'Screen size', { default: '1280x720', options: [{ value: '1280x720', label: '1280 x 720' }, { value: '1920x1080', label: '1920 x 1080' }] }),
    field('fps', 'Frames per second', { kind: 'integer', default: '30', min: '1', max: '60', description: 'Upper limit while the picture changes.' }),
    field('sound', 'Sound', { kind: 'flag', default: 'false' }),
  ], { several: true }),
  form(GATE, 'Catseye: gate', 'web', [field('hostNames', 'Host names', { list: true, default: [], description: 'Further names by which browsers reach this device.' })]),
];

export class FakeSettings {
  /** Values by PID and key. */
  values = new Map([[`${TARGET}~default`, { id: 'default', label: 'Rack 3, server 7' }], [VIRTUAL, { fps: '25' }], [LDAP, { bindPassword: 'secret' }], [`${RELAY}~1`, { device: '' }]]);
  /** Settings in the file that do not exist, by PID. */
  unknown = { [VIRTUAL]: [{ id: 'fsp', remedy: 'Did you mean fps?' }] };
  /** What is wrong, by PID. */
  problems = { [`${RELAY}~1`]: 'org.catseye.power.relay~1: device is empty; it has to be set' };
  calls = [];
  #version = 1;

  /** Somebody else changes something. */
  change(pid, values) {
    this.values.set(pid, { ...this.values.get(pid), ...values });
    this.#version++;
  }

  /** @returns {{status: number, body?: unknown, headers?: Record<string, string>} | null} null for any other request */
  answer(method, path, body, version) {
    const [settings, encoded] = path.split('/');
    if (settings !== 'settings') return null;
    if (encoded === undefined) return { status: 200, body: FORMS.map((each) => this.#listed(each)) };
    const pid = decodeURIComponent(encoded);
    const found = FORMS.find((each) => each.pid === pid.split('~')[0]);
    if (!found) return refuse(404, 'not_found', `There are no settings ${pid}.`);
    if (method === 'GET') return this.#state(found, pid, 200);
    this.calls.push(`${method} ${pid} ${JSON.stringify(body ?? null)}`);
    if (method !== 'POST' && version !== `"${this.#version}"`) return refuse(409, 'changed', 'These settings were changed in the meantime, in another window or in the file. Load them again.');
    if (method === 'DELETE') {
      this.values.delete(pid);
      return { status: 204 };
    }
    const name = method === 'POST' ? `${pid}~${body.name}` : pid;
    if (method === 'POST' && this.values.has(name)) return refuse(409, 'exists', 'name: There is a configuration with this name.', { name: 'There is a configuration with this name.' });
    if (body.values['kvm.target'] === 'b a y') return refuse(400, 'bad_value', 'x', { 'kvm.target': 'It has to be the id of a target.' });
    const values = { ...this.values.get(name) };
    for (const [key, value] of Object.entries(body.values)) {
      if (value === null) delete values[key];
      else values[key] = value;
      this.unknown[name] = (this.unknown[name] ?? []).filter(({ id }) => id !== key);
    }
    this.change(name, {});
    this.values.set(name, values);
    return this.#state(found, name, method === 'POST' ? 201 : 200);
  }

  #listed({ fields, ...text }) {
    const pids = [...this.values.keys()].filter((pid) => pid.split('~')[0] === text.pid);
    if (text.single && !pids.includes(text.pid)) pids.unshift(text.pid);
    return { ...text, fieldNames: fields.map(({ name }) => name), configurations: pids.map((pid) => this.#configured(text, pid)) };
  }

  #configured({ pid: formPid, title }, pid) {
    const values = this.values.get(pid) ?? {};
    const target = formPid === TARGET ? values.id ?? 'default' : [VIRTUAL, RELAY].includes(formPid) ? values['kvm.target'] ?? 'default' : undefined;
    return { pid, title: values.label || values['kvm.label'] || (pid === formPid ? title : pid.slice(formPid.length + 1)), stored: this.values.has(pid), target, problem: this.problems[pid] };
  }

  #state({ fields, ...text }, pid, status) {
    const values = this.values.get(pid) ?? {};
    return {
      status, headers: { ETag: `"${this.#version}"` },
      body: {
        ...this.#configured(text, pid), file: `${pid}.cfg`, form: text, unknown: this.unknown[pid] ?? [],
        fields: fields.map((each) => (each.kind === 'secret' ? { ...each, set: Object.hasOwn(values, each.id) } : { ...each, value: values[each.id] })),
      },
    };
  }
}

const refuse = (status, code, message, fields) => ({ status, body: { error: { code, message, fields } } });
