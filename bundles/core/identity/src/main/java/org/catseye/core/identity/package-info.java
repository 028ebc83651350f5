/**
 * The certificate of the server. When it starts with TLS for the first time, the device creates its own certificate authority and
 * a server certificate with the names and addresses of the host. The server certificate is renewed automatically. A user can
 * provide a key and certificate as files instead.
 */
package org.catseye.core.identity;
