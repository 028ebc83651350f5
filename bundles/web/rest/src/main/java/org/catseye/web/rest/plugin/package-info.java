/** The plug-ins at /api/v1/plugins, for administrators. */
package org.catseye.web.rest.plugin;
