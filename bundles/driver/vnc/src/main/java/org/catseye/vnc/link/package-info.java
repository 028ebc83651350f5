/** The connection to the server, which exists only while it is used. */
package org.catseye.vnc.link;
