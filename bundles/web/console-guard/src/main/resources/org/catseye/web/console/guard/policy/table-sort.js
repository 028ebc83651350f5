/*
 * Sorts the console's tables when a column header is clicked. Replaces jQuery Tablesorter 2.0, which calls eval, and supports the part of its
 * interface that the console and its plug-ins use: the options headers, sortList and textExtraction; the events sorton, sortStart, sortEnd,
 * update and applyWidgets; and table.config.
 */
(function ($) {
  'use strict';

  const defaults = {
    cssHeader: 'header', cssAsc: 'headerSortUp', cssDesc: 'headerSortDown',
    headers: {}, sortList: [], textExtraction: 'simple', widgets: [], widgetZebra: { css: ['even', 'odd'] },
  };

  $.tablesorter = { defaults };

  const headsOf = (table) => $(table).find('thead th');

  /** Converts the value of a cookie or plug-in to [[column, direction], ...]. The value may also be a single pair or "1,0". */
  function asSortList(given) {
    if (!given) return [];
    const numbers = String(given).split(',').map(Number).filter(Number.isInteger);
    const pairs = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) pairs.push([numbers[i], numbers[i + 1]]);
    return pairs;
  }

  const isSortable = (config, column) => (config.headers[column] || {}).sorter !== false;

  function textOf(config, cell) {
    if (!cell) return '';
    return String(typeof config.textExtraction === 'function' ? config.textExtraction(cell) : cell.textContent).trim().toLowerCase();
  }

  function compare(one, other) {
    const [a, b] = [Number(one), Number(other)];
    return one !== '' && other !== '' && !Number.isNaN(a) && !Number.isNaN(b) ? a - b : one.localeCompare(other);
  }

  function colourRows(table) {
    if (!table.config.widgets.includes('zebra')) return;
    const [even, odd] = table.config.widgetZebra.css;
    $(table).find('tbody > tr:visible').each((index, row) => $(row).removeClass(`${even} ${odd}`).addClass(index % 2 ? odd : even));
  }

  function markHeads(table) {
    const { cssAsc, cssDesc, sortList } = table.config;
    const heads = headsOf(table).removeClass(`${cssAsc} ${cssDesc}`);
    sortList.forEach(([column, descending]) => heads.eq(column).addClass(descending ? cssDesc : cssAsc));
  }

  function sort(table) {
    const { config } = table;
    const columns = config.sortList.filter(([column]) => isSortable(config, column));
    for (const body of table.tBodies) {
      const rows = Array.from(body.rows, (row) => ({ row, keys: columns.map(([column]) => textOf(config, row.cells[column])) }));
      rows.sort((one, other) => {
        for (let i = 0; i < columns.length; i++) {
          const order = compare(one.keys[i], other.keys[i]);
          if (order !== 0) return columns[i][1] ? -order : order;
        }
        return 0;
      });
      rows.forEach(({ row }) => body.appendChild(row));
    }
    markHeads(table);
    colourRows(table);
  }

  function sortBy(table, list) {
    table.config.sortList = asSortList(list);
    $(table).trigger('sortStart');
    sort(table);
    $(table).trigger('sortEnd');
  }

  function toggle(table, column) {
    if (!isSortable(table.config, column)) return;
    const [current] = table.config.sortList;
    sortBy(table, [[column, current && current[0] === column && current[1] === 0 ? 1 : 0]]);
  }

  function setUp(table, options) {
    table.config = $.extend({}, defaults, options);
    table.config.sortList = asSortList(table.config.sortList);
    headsOf(table).each((column, head) => {
      $(head).on('click', () => toggle(table, column));
      if (isSortable(table.config, column)) $(head).addClass(table.config.cssHeader);
    });
    $(table).on('sorton', (event, list) => sortBy(table, list)).on('applyWidgets', () => colourRows(table));
    if (table.config.sortList.length > 0) sort(table);
  }

  $.fn.tablesorter = function (options) {
    this.each((index, table) => table.tHead && table.tBodies.length > 0 && !table.config && setUp(table, options));
    // The memory usage page reads the sort order from this object.
    if (this.length > 0 && this[0].config) Object.defineProperty(this, 'sortList', { get: () => this[0].config.sortList, configurable: true });
    return this;
  };
}(jQuery));
