/** Rules for single requests: credentials, paths, and TLS. */
package org.catseye.web.gate.request;
