/** Plug-ins of the simulated server. The file name of a jar says what it is: `name-version.jar`, with `missing` or `bad` in it for trouble. */
export class FakePlugins {
  list = [
    plugin('com.example.clock', { name: 'Clock', maker: 'Example Ltd.', description: 'Shows a clock.', permissions: ['devices', 'network'], signature: { kind: 'SIGNED', signer: 'CN=Example Ltd.' },
      parts: [{ kind: 'VIDEO', label: 'Clock', target: 'default' }], configurations: ['com.example.clock'], keptVersions: [{ version: '0.9.0', replaced: '2026-01-31T12:00:00Z' }] }),
    plugin('com.example.power', { state: 'WAITING', reason: 'Its component com.example.Power waits for the service com.example.Relay.' }),
    plugin('broken.jar', { state: 'REFUSED', version: '', reason: 'It is not a whole jar (zip END header not found).' }),
  ];
  product = [{ name: 'org.catseye.api', version: '0.2.0', running: true }, { name: 'org.catseye.virtual', version: '0.2.0', running: false }];
  leftovers = [];
  rollBacks = [];
  plans = new Map();
  planCount = 0;
  /** Why no plan can be applied. */ unable = '';
  calls = [];
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
    if (name === 'plans') return this.#change(method, what);
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
    const plan = { id: `p${this.planCount++}`, file, expires: '2030-01-01T00:00:00Z', kind: installed ? 'UPDATE' : 'INSTALL', installedVersion: installed?.version ?? null,
      applicable: problems.length === 0, plugin: plugin(name, { version }), problems, warnings: installed ? [] : ['It takes the place of a part of Catseye.'],
      targets: installed ? [{ target: 'default', viewers: 2 }] : [], newPermissions: installed ? ['exec'] : [] };
    this.plans.set(plan.id, plan);
    return { status: 201, json: plan };
  }

  async #change(method, id) {
    const plan = this.plans.get(id);
    if (!plan) return { status: 404, json: { error: { code: 'not_found', message: 'There is no such plan.' } } };
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
  return { id, name: id, version: '1.0.0', maker: '', description: '', permissions: null, signature: { kind: 'NONE', signer: '' }, file: `${id}.jar`, installed: '2026-01-31T12:00:00Z',
    state: 'RUNNING', reason: '', enabled: true, parts: [], configurations: [], keptVersions: [], ...more };
}

async function readAll(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}
