/**
 * Who may do what: login, sessions, permissions per target. Default deny. Web components hold a mandatory reference to
 * {@link org.catseye.access.AccessControl}: without it their end points do not exist.
 */
@Export
@Version("2.0.0")
package org.catseye.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
