/**
 * Rows of a list that changes while the user works with it: rows that stay keep their elements, their place and the focus.
 *
 * @template T
 */
export class KeyedRows {
  #list;
  #create;
  /** @type {Map<string, {element: HTMLElement, update: (item: T) => void}>} */ #rows = new Map();

  /** @param {HTMLElement} list @param {(item: T) => {element: HTMLElement, update: (item: T) => void}} create `update` is called after it, and with each change */
  constructor(list, create) {
    this.#list = list;
    this.#create = create;
  }

  /** @param {{key: string, item: T}[]} entries in the order of the list */
  showRows(entries) {
    for (const [key, { element }] of this.#rows) {
      if (entries.some((entry) => entry.key === key)) continue;
      element.remove();
      this.#rows.delete(key);
    }
    entries.forEach(({ key, item }, index) => {
      const row = this.#rows.get(key) ?? this.#create(item);
      this.#rows.set(key, row);
      row.update(item);
      if (this.#list.children[index] !== row.element) this.#list.insertBefore(row.element, this.#list.children[index] ?? null);
    });
  }
}
