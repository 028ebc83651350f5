/** Serves the browser side: the files of {@code web-ui/} unchanged, and the console page with the modules of plug-ins. */
package org.catseye.web.ui;
