/** What FileInstall passes over in silence: jars in the drop folder that are damaged or no bundle are told to the person who put them there. */
package org.catseye.core.deploy;
