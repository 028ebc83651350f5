/** The plug-ins as administrators see and change them. */
package org.catseye.core.deploy.plugin;
