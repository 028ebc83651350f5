/**
 * Configuration checks. Neither forms nor files check types or ranges, so the component that reads a configuration does. It
 * throws a {@link org.catseye.config.BadValueException} for an invalid value, which hubs show as a state of the target. A
 * {@link org.catseye.config.ConfigurationCheck} reports the same error to a form before anything is saved.
 */
@Export
@Version("2.1.0")
package org.catseye.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
