const ANN = { fingerprint: 'ab'.repeat(32), name: 'CN=Ann' };
const UNSIGNED = { kind: 'UNSIGNED', signer: '', fingerprint: '', certificate: '', reason: '', maker: null };
const PEM = '-----BEGIN CERTIFICATE-----\nAnn\n-----END CERTIFICATE-----\n';

/**
 * Plug-ins of the simulated server. The file name of a jar says what it is: `name-version.jar`, with `missing` in it for trouble, `signed` for a
 * signature of the maker Ann, and `damaged` for one that does not match.
 */
export class FakePlugins {
  list = [
    plugin('com.example.clock', { name: 'Clock', maker: 'Example Ltd.', description: 'Shows a clock.', permissions: ['devices', 'network'], signature: { ...UNSIGNED, kind: 'TRUSTED', signer: 'CN=Example Ltd.', fingerprint: 'cd'.repeat(32), maker: { name: 'CN=Example Ltd.', fingerprint: 'cd'.repeat(32) } },
      parts: [{ kind: 'VIDEO', label: 'Clock', target: 'default' }], configurations: ['com.example.clock'], keptVersions: [{ version: '0.9.0', replaced: '2026-01-31T12:00:00Z' }] }),
    plugin('com.example.power', { state: 'WAITING', reason: 'Its component com.example.Power waits for the service com.example.Relay.' }),
    plugin('broken.jar', { state: 'REFUSED', version: '', reason: 'It is not a whole jar (zip END header not found).' }),
  ];
  product = [{ name: 'org.catseye.api', version: '0.2.0', running: true }, { name: 'org.catseye.virtual', version: '0.2.0', running: false }];
  leftovers = [];
  rollBacks = [];
  plans = new Map();
  makers = [{ fingerprint: 'cd'.repeat(32), name: 'CN=Example Ltd.', expires: '2030-01-31T12:00:00Z', problem: '' },
    { fingerprint: 'broken.pem', name: 'broken.pem', expires: null, problem: 'The file cannot be used. This is no certificate as PEM.' }];
  planCount = 0;
  /** Why no plan can be applied. */ unable = '';
  calls = [];
  /** Of each plan, in addition to those of its signature and permissions. */ concerns = [];
  /** Resolves when a trial may end. */ trial = Promise.resolve();

  /** @returns {Promise<boolean>} whether the request was for it */
  async answer(request, response, url) {
    const [, , , first, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    if (first !== 'plugins') return false;
    const body = await readAll(request);
    if (request.method !== 'GET') this.calls.push(`${request.method} ${rest.join('/')}${url.search}${/json/.test(request.headers['content-type'] ?? '') ? ` ${body}` : ''}`);
    const { status, json } = await this.#respond(request.method, rest, url, body);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json));
    return true;
  }

  async #respond(method, [name, what], url, body) {
    if (!name) return method === 'GET' ? { status: 200, json: { plugins: this.list, product: this.product, leftovers: this.leftovers, rollBacks: this.rollBacks } } : this.#plan(url.searchParams.get('file'));
    if (name === 'plans') return this.#change(method, what, body);
    if (name === 'makers') return this.#changeMakers(method, what, body);
    const found = this.list.find(({ id }) => id === name);
    if (what === 'rollback') return this.#end(found.id, JSON.parse(body).version, '');
    if (method === 'DELETE') this.list = this.list.filter((each) => each !== found);
    else Object.assign(found, JSON.parse(body), { state: JSON.parse(body).enabled ? 'RUNNING' : 'DISABLED' });
    return { status: 204 };
  }

  #plan(file) {
    const [, name, version] = /^(.*?)-([\d.]+)\.jar$/.exec(file) ?? [];
    if (!name) return { status: 422, json: { error: { code: 'unusable', message: 'This file is not a whole jar.' } } };
    const installed = this.list.find(({ id }) => id === name);
    const problems = name.includes('missing') ? ['No bundle provides the package org.example.missing.'] : [];
    if (file.includes('damaged')) problems.push('The signature of the file does not match the file: it is signed, but its file Evil.class is not.');
    const plan = { id: `p${this.planCount++}`, file, expires: '2030-01-01T00:00:00Z', kind: installed ? 'UPDATE' : 'INSTALL', installedVersion: installed?.version ?? null,
      applicable: problems.length === 0, plugin: plugin(name, { version, signature: file.includes('signed') ? this.#signature() : UNSIGNED }), problems, warnings: installed ? [] : ['It takes the place of a part of Catseye.'],
      targets: installed ? [{ target: 'default', viewers: 2 }] : [], newPermissions: installed ? ['exec'] : [], concerns: [] };
    plan.concerns = this.#concerns(plan);
    this.plans.set(plan.id, plan);
    return { status: 201, json: plan };
  }

  #signature() {
    return this.makers.some(({ fingerprint }) => fingerprint === ANN.fingerprint) ? { ...UNSIGNED, kind: 'TRUSTED', signer: ANN.name, fingerprint: ANN.fingerprint, maker: ANN }
      : { ...UNSIGNED, kind: 'UNKNOWN', signer: ANN.name, fingerprint: ANN.fingerprint, certificate: PEM };
  }

  #concerns({ plugin: { signature }, newPermissions }) {
    return [...signature.kind === 'TRUSTED' ? [] : [{ kind: 'UNTRUSTED', detail: '' }], ...this.concerns, ...newPermissions.length > 0 ? [{ kind: 'NEW_PERMISSIONS', detail: newPermissions.join(', ') }] : []];
  }

  #changeMakers(method, fingerprint, body) {
    if (method === 'GET') return { status: 200, json: { makers: this.makers, problem: '' } };
    if (method === 'DELETE') {
      this.makers = this.makers.filter((maker) => maker.fingerprint !== fingerprint);
      return { status: 204 };
    }
    if (!body.includes('BEGIN CERTIFICATE')) return { status: 422, json: { error: { code: 'unusable', message: 'This is no certificate as PEM.' } } };
    const maker = { ...ANN, expires: '2020-01-31T12:00:00Z', problem: '' };
    this.makers = [...this.makers, maker];
    return { status: 201, json: maker };
  }

  async #change(method, id, body) {
    const plan = this.plans.get(id);
    if (!plan) return { status: 404, json: { error: { code: 'not_found', message: 'There is no such plan.' } } };
    if (plan.plugin.signature.kind !== 'UNSIGNED') plan.plugin.signature = this.#signature();
    const concerns = this.#concerns(plan);
    const known = JSON.stringify(concerns) === JSON.stringify(plan.concerns);
    if (method === 'GET') return { status: 200, json: Object.assign(plan, { concerns }) };
    if (method === 'POST' && !known && concerns.length > plan.concerns.length) return { status: 409, json: { error: { code: 'conflict', message: 'Something has changed since the plan was shown.' } } };
    if (method === 'POST' && concerns.length > 0 && JSON.parse(body).untrusted !== true) return { status: 409, json: { error: { code: 'consent_required', message: 'No trusted maker.' } } };
    if (method === 'POST' && this.unable) return { status: 409, json: { error: { code: 'busy', message: this.unable } } };
    this.plans.delete(id);
    if (method === 'DELETE') return { status: 204 };
    await this.trial;
    return this.#end(plan.plugin.id, plan.plugin.version, plan.plugin.version.startsWith('6') ? 'Its activator failed.' : '');
  }

  #end(id, version, reason) {
    if (reason) this.rollBacks = [{ plugin: id, version, time: '2026-01-31T12:00:00Z', reason }];
    else this.list = [...this.list.filter((each) => each.id !== id), { ...plugin(id, {}), ...this.list.find((each) => each.id === id), version, state: 'RUNNING' }];
    return { status: 200, json: { outcome: reason ? 'ROLLED_BACK' : 'KEPT', plugin: id, version, reason } };
  }
}

function plugin(id, more) {
  return { id, name: id, version: '1.0.0', maker: '', description: '', permissions: null, signature: UNSIGNED, file: `${id}.jar`, installed: '2026-01-31T12:00:00Z',
    state: 'RUNNING', reason: '', enabled: true, parts: [], configurations: [], keptVersions: [], ...more };
}

async function readAll(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}
