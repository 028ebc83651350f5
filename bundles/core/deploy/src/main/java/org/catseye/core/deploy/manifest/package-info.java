/** What the manifest and the signature of a jar say, without installing it. */
package org.catseye.core.deploy.manifest;
