/** What the bundles that run provide, and what they lack. */
package org.catseye.core.deploy.running;
