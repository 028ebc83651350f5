/*
 * Lets the upload dialog take several bundles at once, in place of jQuery MultiFile 1.46, which calls eval. Browsers can do that by themselves.
 */
(function ($) {
  'use strict';

  $(() => $('input[type=file].multi').prop('multiple', true).attr('accept', '.jar,.war'));
}(jQuery));
