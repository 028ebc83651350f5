/**
 * The server's certificate. At the first start with TLS the device creates an authority of its own, and a server certificate that has the
 * host's names and addresses and is renewed automatically. A user can provide a pair of files instead.
 */
package org.catseye.core.identity;
