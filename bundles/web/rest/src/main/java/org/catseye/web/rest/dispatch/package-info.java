/** The paths below a target: one dispatcher, which checks rights and hands requests on to the resources that bundles provide. */
package org.catseye.web.rest.dispatch;
