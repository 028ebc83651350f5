/** The audit log: one file of JSON lines, and a limit on how fast one user can fill it. {@code AuditLog} is the service. */
package org.catseye.core.audit;
