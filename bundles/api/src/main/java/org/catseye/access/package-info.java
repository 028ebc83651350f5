/**
 * Logins, sessions, permissions per target, users and the audit log. Permissions are denied by default. Web components have a
 * mandatory reference to {@link org.catseye.access.AccessControl}, so their endpoints do not exist without it.
 */
@Export
@Version("2.2.0")
package org.catseye.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
