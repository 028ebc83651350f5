/** The self-checks of the simulated server: a keyboard with a fault until it is plugged in again. */
export class FakeChecks {
  items = [
    { name: 'USB device port', ok: true, description: 'fe980000.usb, state "not attached"', remedy: '' },
    { name: 'Gadget', ok: true, description: 'Profile full, bound to fe980000.usb.', remedy: '' },
    { name: 'Device for the keyboard', ok: true, description: '/dev/hidg0, readable and writable.', remedy: '' },
    { name: 'Target', ok: false, description: 'No computer is connected.', remedy: 'See the items above; then look at the cable and at the target\'s power.' },
    { name: 'Last error', ok: false, description: 'The target is not listening: <off>, asleep or unplugged.', remedy: 'Switch it on.' },
  ];
  actions = [{ id: 'replug', label: 'Unplug and plug in again', description: 'The target sees the USB cable pulled and put back after a second; helps when it has lost the keyboard.' }];
  refusal = null;
  empty = false;
  calls = [];

  /** @returns {{status: number, body?: unknown} | null} null for any other request */
  answer(method, path) {
    const [, target, action] = path.match(/^targets\/([^/]+)\/checks(?:\/keys~1\/actions\/(.*))?$/) ?? [];
    if (!target) return null;
    this.calls.push(`${method} ${target} ${action ?? ''}`.trim());
    if (this.refusal) return { status: this.refusal.status, body: { error: this.refusal } };
    if (method === 'POST') {
      this.items = this.items.map((item) => ({ ...item, ok: true, remedy: '' }));
      return { status: 204 };
    }
    return { status: 200, body: this.empty ? [] : [{ id: 'keys~1', title: 'USB keyboard and mouse', items: this.items, actions: this.actions }] };
  }
}
