/** Replaces jars of the drop folder so that a stop at any time leaves the previous or the new one, and keeps the previous ones. */
package org.catseye.core.deploy.change;
