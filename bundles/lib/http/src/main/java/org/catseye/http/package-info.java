/** Answers that every bundle of the web tier gives in the same form: error JSON, pages, security headers and the session cookie. */
@Export
@Version("1.0.0")
package org.catseye.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
