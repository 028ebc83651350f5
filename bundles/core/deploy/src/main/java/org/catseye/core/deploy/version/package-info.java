/**
 * Decides which bundle of a name runs, and brings the framework in line: installs, updates, starts, stops and uninstalls the bundles of the
 * drop folder.
 */
package org.catseye.core.deploy.version;
