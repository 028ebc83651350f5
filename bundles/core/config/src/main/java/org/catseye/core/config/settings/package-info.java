/** Finds settings and files that have no effect, and reports them: in the log, and as a self-check of their target. */
package org.catseye.core.config.settings;
