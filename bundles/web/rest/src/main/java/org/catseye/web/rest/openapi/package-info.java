/** The machine-readable description of the API, merged from the fragments of the running bundles. */
package org.catseye.web.rest.openapi;
