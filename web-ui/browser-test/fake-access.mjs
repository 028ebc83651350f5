import { ROWS, SCANNED } from './fake-qr.mjs';

/** Users, roles, sessions, tokens, second factor and audit log of the simulated server, as far as the page needs them. */
export class FakeAccess {
  users = [{ name: 'admin', created: '2026-01-31T12:00:00Z', roles: ['admin'], rights: {}, secondFactor: false }];
  roles = { watch: { '*': ['VIEW'] } };
  sessions = [common('s1', { current: true }), common('s2', { current: false, address: '192.0.2.9' })];
  tokens = [];
  audit = [{ time: '2026-01-31T12:00:00Z', action: 'login', user: 'admin', address: '192.0.2.7', details: { session: 's1' } }];
  calls = [];

  /** @returns {{status: number, body?: unknown} | null} null for any other request */
  answer(method, path, body) {
    const [list, name, what] = path.replace(/\?.*/, '').split('/').map(decodeURIComponent);
    if (!['users', 'roles', 'sessions', 'tokens', 'audit'].includes(list)) return null;
    if (method !== 'GET') this.calls.push(`${method} ${path} ${JSON.stringify(body ?? null)}`);
    if (what === 'second-factor') return this.#secondFactor(method, name, body);
    if (what === 'password') return body.old === 'wrong' ? refusal(403, 'bad_credentials', 'The old password is wrong.') : { status: 204 };
    if (method === 'GET') return name ? found(this.users.find((user) => user.name === name)) : { status: 200, body: this[list] };
    if (list === 'roles') return this.#role(method, name, body);
    if (method === 'DELETE' && name === 'admin') return refusal(409, 'last_admin', 'Nobody would be left who may change users.');
    if (method === 'DELETE') this[list] = this[list].filter((item) => item.id !== name && item.name !== name);
    if (method === 'PUT') Object.assign(this.users.find((user) => user.name === name), body);
    if (method === 'POST' && list === 'users') this.users.push({ ...body, password: undefined, created: '2026-01-31T12:00:00Z', secondFactor: false });
    if (method === 'POST' && list === 'tokens') {
      this.tokens.push({ ...common(`t${this.tokens.length}`, {}), ...body });
      return { status: 201, body: { token: 'a-new-token', expires: body.expires } };
    }
    return { status: 204 };
  }

  #role(method, name, body) {
    if (method === 'PUT') this.roles[name] = body.rights;
    else delete this.roles[name];
    return { status: 204 };
  }

  #secondFactor(method, name, body) {
    if (method === 'POST') return { status: 200, body: { secret: 'JBSWY3DPEHPK3PXP', uri: SCANNED, qr: ROWS } };
    if (method === 'PUT' && body.code !== '123456') return refusal(422, 'invalid', 'This is not the code that the app shows now.');
    this.users.find((user) => user.name === name).secondFactor = method === 'PUT';
    return method === 'PUT' ? { status: 200, body: { recoveryCodes: ['AAAA-BBBB', 'CCCC-DDDD'] } } : { status: 204 };
  }
}

const common = (id, more) => ({ id, user: 'admin', created: '2026-01-31T12:00:00Z', used: '2026-01-31T12:00:00Z', expires: '2026-02-07T12:00:00Z', address: '192.0.2.7', ...more });
const refusal = (status, code, message) => ({ status, body: { error: { code, message } } });
const found = (item) => (item ? { status: 200, body: item } : refusal(404, 'not_found', 'There is no such user.'));
