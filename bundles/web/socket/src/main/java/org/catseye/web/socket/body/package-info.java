/** Bodies of requests: small ones are read before a servlet is called, and what nobody reads is discarded after the answer. */
package org.catseye.web.socket.body;
