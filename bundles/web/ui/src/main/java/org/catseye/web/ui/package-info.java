/** Serves the browser side: the files of {@code web-ui/} as they are, and the console page with the modules that plug-ins bring. */
package org.catseye.web.ui;
