/** For operators: health, metrics and the audit log. */
package org.catseye.web.rest.monitoring;
