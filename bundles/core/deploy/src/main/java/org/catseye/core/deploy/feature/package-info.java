/** The features of the product: what switching them on and off would change, and the trial of it. The launcher changes the bundles. */
package org.catseye.core.deploy.feature;
