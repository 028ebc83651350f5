/**
 * The server's certificate: an authority of the device's own, made at its first start with TLS, and a server certificate by it that
 * carries the host's names and addresses and renews itself; or a pair of files that somebody provides.
 */
package org.catseye.core.identity;
