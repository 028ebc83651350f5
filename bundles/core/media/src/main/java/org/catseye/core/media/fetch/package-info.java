/** Reads a file over HTTP, from addresses that were checked before each connection. */
package org.catseye.core.media.fetch;
