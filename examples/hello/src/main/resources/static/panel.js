import { registerPanel } from 'catseye/plugins.js';

class HelloPanel extends HTMLElement {
  static observedAttributes = ['target'];

  async attributeChangedCallback() {
    const answer = await fetch(`api/v1/targets/${this.getAttribute('target')}/hello`);
    this.textContent = (await answer.json()).greeting;
  }
}

customElements.define('catseye-panel-hello', HelloPanel);
registerPanel({ id: 'com.example.hello', title: 'Hello', element: 'catseye-panel-hello', permission: 'VIEW' });
