/** A simulated web server for the tests of servlets and guards. */
@Export
@Version("1.0.0")
package org.catseye.testkit.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
