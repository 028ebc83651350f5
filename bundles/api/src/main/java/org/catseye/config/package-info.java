/**
 * What a configuration may say. Forms and files check neither type nor range, so whoever reads a configuration does: a value that is not
 * right becomes a {@link org.catseye.config.BadValueException}, which hubs show as a state of the target, and which a
 * {@link org.catseye.config.ConfigurationCheck} tells a form before anything is saved.
 */
@Export
@Version("2.0.0")
package org.catseye.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
