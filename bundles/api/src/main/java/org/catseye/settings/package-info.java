/**
 * The settings of all installed bundles as forms: which settings there are, with their types and limits, and the current values.
 * {@link org.catseye.settings.SettingsAdministration} reads and saves them.
 */
@Export
@Version("1.0.0")
package org.catseye.settings;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
