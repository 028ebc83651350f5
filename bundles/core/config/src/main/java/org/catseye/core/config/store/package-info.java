/** The store: one file per configuration, changed by forms and editors alike. */
package org.catseye.core.config.store;
