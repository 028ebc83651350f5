/**
 * Contract tests that the test of every driver extends, and fakes that are stricter than real devices. Test scope only; never
 * part of the product.
 */
@Export
@Version("1.0.0")
package org.catseye.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
