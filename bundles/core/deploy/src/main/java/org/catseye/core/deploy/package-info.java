/** The rules for added bundles: which jars are refused, with a message in the log, and which version of a bundle runs. */
package org.catseye.core.deploy;
