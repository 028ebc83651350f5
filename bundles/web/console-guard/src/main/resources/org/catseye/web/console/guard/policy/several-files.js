/*
 * Allows the upload dialog to take several bundles at once, which browsers support natively. Replaces jQuery MultiFile 1.46, which calls eval.
 */
(function ($) {
  'use strict';

  $(() => $('input[type=file].multi').prop('multiple', true).attr('accept', '.jar,.war'));
}(jQuery));
