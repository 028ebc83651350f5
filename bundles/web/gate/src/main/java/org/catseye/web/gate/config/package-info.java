/** The gate's settings, and which settings of the web server may be saved. */
package org.catseye.web.gate.config;
