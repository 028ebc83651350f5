/**
 * Checks of configurations. Forms and files check neither type nor range, so the component that reads a configuration does. A bad value
 * becomes a {@link org.catseye.config.BadValueException}: hubs show it as a state of the target, and a
 * {@link org.catseye.config.ConfigurationCheck} reports it to a form before anything is saved.
 */
@Export
@Version("2.0.0")
package org.catseye.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
