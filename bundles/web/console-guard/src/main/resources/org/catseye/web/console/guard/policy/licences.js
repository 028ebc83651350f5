/*
 * The licence page of the console. Replaces the original script, which writes javascript: URLs and unescaped bundle names into the page.
 */
(function ($) {
  'use strict';

  const link = (text, address) => $('<a>').text(text).attr('href', address);
  const isWeb = (address) => /^https?:/i.test(address);

  function addressOf(bundle, file) {
    return isWeb(file.path) ? file.path : `${window.pluginRoot}/${bundle.bid}${file.jar ? `${file.jar}!/` : ''}${file.path}`;
  }

  /** For a URL of another site, shows only a link. */
  function open(address) {
    const details = $('#licenseDetails').empty();
    if (isWeb(address)) details.append(link(address, address).attr({ target: '_blank', rel: 'noopener noreferrer' }));
    else $.get(address, null, (text) => details.append($('<pre>').text(text)), 'text');
  }

  function show(bundle, entry) {
    const buttons = $('#licenseButtons').empty().append($('<h1>').text(bundle.title));
    $('#licenseDetails').empty();
    let first = '';
    for (const [name, files] of Object.entries(bundle.files)) {
      const line = $('<div>').text(`${name === '__res__' ? window.i18n.resources : window.i18n.resources_emb.msgFormat(name)}: `);
      for (const file of files) {
        const address = addressOf(bundle, file);
        first = first || address;
        line.append(link(file.url, address).on('click', () => {
          open(address);
          return false;
        }), ' ');
      }
      buttons.append(line);
    }
    if (first) open(first);
    $('#licenseLeft a').removeClass('ui-state-default ui-corner-all');
    entry.addClass('ui-state-default ui-corner-all');
  }

  $(() => {
    const left = $('#licenseLeft').empty();
    for (const bundle of window.bundleData) {
      const entry = link(bundle.title, '#').on('click', () => {
        show(bundle, entry);
        return false;
      });
      left.append(entry);
    }
    if (window.bundleData.length === 0) $('.statline').text(window.i18n.status_none);
    left.find('a').first().trigger('click');
  });
}(jQuery));
