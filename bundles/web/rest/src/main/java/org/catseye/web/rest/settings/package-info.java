/** The settings of all bundles, for administrators. */
package org.catseye.web.rest.settings;
