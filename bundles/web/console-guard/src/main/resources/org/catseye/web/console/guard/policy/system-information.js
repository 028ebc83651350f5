/*
 * The system information page of the console. Replaces its original script and the handlers in its attributes: fills in the figures, asks for
 * confirmation before the framework is stopped, and shows a countdown.
 */
(function ($) {
  'use strict';

  const QUESTIONS = {
    Restart: 'This will stop and restart the framework and all bundles. Please confirm to continue.',
    Stop: 'This will stop the framework and all bundles. Please confirm to continue.',
  };

  /** Called by the page: shows a countdown in an element, then submits a form. Not defined on other pages, where it could submit injected forms. */
  window.shutdown = function (seconds, form, element) {
    if (!window.location.pathname.endsWith('/vmstat')) return;
    if (seconds <= 0) {
      $(document.getElementById(form)).trigger('submit');
      return;
    }
    $(document.getElementById(element)).text(`${seconds} second${seconds === 1 ? '' : 's'}...`);
    setTimeout(() => window.shutdown(seconds - 1, form, element), 1000);
  };

  function fillIn(figures) {
    for (const [id, figure] of Object.entries(figures)) {
      const target = $(document.getElementById(id));
      if (target.val()) target.val(figure);
      else target.text(figure);
    }
    $('#shutdownform').toggle(!figures.shutdownTimer);
    $('#shutdownform2').toggle(Boolean(figures.shutdownTimer));
    $('#shutdown_type').val(figures.shutdownType);
  }

  $(() => {
    if (typeof window.statData !== 'undefined') fillIn(window.statData);
    $('#shutdownform input[name=shutdown_type]').on('click', (event) => window.confirm(QUESTIONS[event.target.value]));
    $('#shutdownform2 input[type=button]').on('click', () => window.location.assign(window.pluginRoot));
  });
}(jQuery));
