/**
 * Finds elements by the selectors that the tests use, and looks at them. Runs in the page, so it uses nothing from outside of itself.
 *
 * A selector is CSS with `:has-text("…")`, `:text-is("…")`, `:text-matches("…")` and `:visible`, or `text=…` (part of a text),
 * `text="…"` (the whole text) or `text=/…/`, or a chain of these with ` >> `, in which `nth=0` picks one.
 *
 * @param {{selector: string, act: string, value?: any}} request
 */
export function inPage({ selector, act, value }) {
  const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const textOf = (element) => clean(element.textContent);
  const isVisible = (element) => {
    if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  const nameOf = (element) => clean(element.getAttribute('aria-label') ?? element.textContent);
  const unquote = (text) => JSON.parse(text);
  const inside = (scope) => [...scope.querySelectorAll('*')].filter((element) => !/^(script|style|head|title|link|meta)$/.test(element.localName));
  const smallest = (elements) => elements.filter((element) => !elements.some((other) => other !== element && element.contains(other)));

  function byText(scope, pattern) {
    const [, source, flags] = pattern.match(/^\/(.*)\/(\w*)$/) ?? [];
    const exact = pattern.startsWith('"') ? unquote(pattern) : null;
    const matches = source !== undefined ? (text) => new RegExp(source, flags).test(text)
      : exact !== null ? (text) => text === exact : (text) => text.toLowerCase().includes(pattern.toLowerCase());
    return smallest(inside(scope).filter((element) => matches(textOf(element))));
  }

  /** Marks the elements that a pseudo-class of the tests means with an attribute, and asks the browser for the rest. */
  function byCss(scope, css) {
    const marks = [];
    const kinds = {
      'has-text': (text) => (element) => textOf(element).toLowerCase().includes(clean(text).toLowerCase()),
      'text-is': (text) => (element) => textOf(element) === clean(text),
      'text-matches': (text) => (element) => new RegExp(text).test(textOf(element)),
      visible: () => isVisible,
    };
    const plain = css.replace(/:(has-text|text-is|text-matches)\(("(?:[^"\\]|\\.)*")\)|:(visible)\b/g, (whole, kind, text, alone) => {
      const mark = `data-found-${marks.length}`;
      const matching = inside(document).filter(kinds[kind ?? alone](text && unquote(text)));
      for (const element of matching) element.setAttribute(mark, '');
      marks.push([mark, matching]);
      return `[${mark}]`;
    });
    const found = [...scope.querySelectorAll(plain)];
    for (const [mark, matching] of marks) for (const element of matching) element.removeAttribute(mark);
    return found;
  }

  const ROLES = { button: 'button, [role=button], summary', heading: 'h1, h2, h3, h4', menuitem: '[role=menuitem]', menuitemradio: '[role=menuitemradio]' };

  function part(scopes, step) {
    if (/^nth=/.test(step)) return [scopes.at(Number(step.slice(4)))].filter(Boolean);
    return [...new Set(scopes.flatMap((scope) => {
      if (step.startsWith('text=')) return byText(scope, step.slice(5));
      if (step.startsWith('having=')) return textOf(scope).toLowerCase().includes(step.slice(7).toLowerCase()) ? [scope] : [];
      if (step.startsWith('role=')) {
        const { role, name } = JSON.parse(step.slice(5));
        return [...scope.querySelectorAll(ROLES[role])].filter((element) => isVisible(element) && nameOf(element).toLowerCase().includes(name.toLowerCase()));
      }
      if (step.startsWith('label=')) return [...scope.querySelectorAll('label')].filter((label) => textOf(label) === step.slice(6)).map((label) => label.control).filter(Boolean);
      return byCss(scope, step);
    }))];
  }

  const found = selector.split(' >> ').reduce(part, [document]);
  const [first] = found;
  const needed = (element) => {
    if (!element) throw new Error('no element');
    return element;
  };
  const changed = (element) => {
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  };

  /** The middle of the element, once it stands still and nothing covers it; otherwise why not. */
  async function aim() {
    const element = found.find(isVisible);
    if (!element) return { why: first ? 'it is not visible' : 'there is none' };
    if (element.matches(':disabled')) return { why: 'it is disabled' };
    const box = () => element.getBoundingClientRect();
    const before = box();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { left, top, width, height } = box();
    if (left !== before.left || top !== before.top || width !== before.width) return { why: 'it moves' };
    const x = Math.round((left + width / 2) * 10) / 10;
    const y = Math.round((top + height / 2) * 10) / 10;
    const hit = document.elementFromPoint(x, y);
    // A browser may round the place up, which is outside at the lower edge of the window.
    if (hit && y < innerHeight - 1 && (element.contains(hit) || hit.closest('label')?.control === element)) return { x, y };
    element.scrollIntoView({ block: value % 2 ? 'center' : 'nearest', inline: 'nearest' });
    return { why: `${hit ? `<${hit.localName} class="${hit.className}">` : 'nothing'} is there` };
  }

  switch (act) {
    case 'count': return found.length;
    case 'state': return { attached: found.length > 0, visible: found.some(isVisible), first: first ? isVisible(first) : false };
    case 'aim': return aim();
    case 'text': return needed(first).textContent;
    case 'texts': return found.map((element) => element.textContent);
    case 'attribute': return needed(first).getAttribute(value);
    case 'value': return needed(first).value;
    case 'disabled': return needed(first).matches(':disabled');
    case 'checked': return needed(first).checked;
    case 'focus': return needed(first).focus();
    case 'fill':
      needed(first).focus();
      first.value = value;
      return changed(first);
    case 'select':
      needed(first).value = [...first.options].find((option) => option.value === value || option.label === value).value;
      return changed(first);
    case 'box': {
      const { x, y, width, height } = needed(first).getBoundingClientRect();
      return { x, y, width, height };
    }
    default: throw new Error(`unknown: ${act}`);
  }
}
