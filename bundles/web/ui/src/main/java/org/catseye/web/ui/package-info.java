/** Serves the web interface: the unchanged files of {@code web-ui/}, and the console page with the modules of plug-ins. */
package org.catseye.web.ui;
