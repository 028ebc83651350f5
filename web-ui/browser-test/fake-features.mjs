/** Features of the simulated server. `broken` does not work, and `base` cannot be switched. */
export class FakeFeatures {
  list = [
    feature('base', { name: 'Base', on: true, origin: 'BASE', obstacle: 'BASE' }),
    feature('board-health', { name: 'Health of the board', on: true, origin: 'COMMAND_LINE', obstacle: 'COMMAND_LINE' }),
    feature('broken', { name: 'Broken', description: 'It never starts.' }),
    feature('ldap', { name: 'LDAP', description: 'Users log in with their accounts in an LDAP directory.' }),
    feature('vnc', { name: 'VNC servers', description: 'Virtual machines and other VNC servers as targets.' }),
    feature('virtual-target', { name: 'Virtual target', description: 'A simulated computer.', on: true, origin: 'DEFAULT' }),
  ];
  problem = '';
  rollBack = null;
  plans = new Map();
  planCount = 0;
  /** Problems of the next plans. */ problems = [];
  calls = [];
  /** Resolves when a trial may end. */ trial = Promise.resolve();

  /** @returns {Promise<boolean>} whether the request was for it */
  async answer(request, response, url) {
    const [, , , first, what, id] = url.pathname.split('/').map(decodeURIComponent);
    if (first !== 'features') return false;
    let body = '';
    for await (const part of request) body += part;
    if (request.method !== 'GET') this.calls.push(`${request.method} ${[what, id].filter(Boolean).join('/')}${body}`);
    const { status, json } = await this.#respond(request.method, what ? id : null, body);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json));
    return true;
  }

  async #respond(method, id, body) {
    if (id === null) return method === 'GET' ? { status: 200, json: { features: this.list, problem: this.problem, rollBack: this.rollBack } } : { status: 201, json: this.#plan(JSON.parse(body)) };
    const plan = this.plans.get(id);
    if (!plan) return { status: 404, json: { error: { code: 'not_found', message: 'There is no such plan.' } } };
    this.plans.delete(id);
    if (method === 'DELETE') return { status: 204 };
    await this.trial;
    const reason = plan.feature === 'broken' ? 'Its activator failed.' : '';
    if (reason) this.rollBack = { feature: plan.feature, time: '2026-01-31T12:00:00Z', reason };
    else this.list = this.list.map((each) => each.id === plan.feature ? feature(each.id, { ...each, on: plan.on, origin: plan.on ? 'CHOSEN' : null, bundles: undefined }) : each);
    return { status: 200, json: { outcome: reason ? 'ROLLED_BACK' : 'KEPT', feature: plan.feature, reason } };
  }

  #plan({ feature: id, on }) {
    const { name, bundles } = this.list.find((each) => each.id === id);
    const names = bundles.map((bundle) => bundle.name);
    const plan = { id: `f${this.planCount++}`, expires: '2030-01-01T00:00:00Z', feature: id, name, on, applicable: this.problems.length === 0, problems: this.problems,
      warnings: [], starts: on ? names : [], stops: on ? [] : names, targets: on ? [] : [{ target: 'default', viewers: 2 }] };
    this.plans.set(plan.id, plan);
    return plan;
  }
}

function feature(id, { bundles = undefined, ...more }) {
  return { id, name: id, description: '', on: false, origin: null, obstacle: null, ...more, bundles: bundles ?? [{ name: `org.catseye.${id}`, version: '0.2.0', running: more.on === true }] };
}
