/** Decides whether a new version of a plug-in stays. */
package org.catseye.core.deploy.trial;
