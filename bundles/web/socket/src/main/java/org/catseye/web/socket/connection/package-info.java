/** Takes connections over from HTTP, within the limits of each user. */
package org.catseye.web.socket.connection;
