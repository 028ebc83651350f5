/** The settings of all bundles as forms: what they are, which values are refused, and saving. */
package org.catseye.core.config.form;
