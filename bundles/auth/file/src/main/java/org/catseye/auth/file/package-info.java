/** Keeps the users of this device in a file. {@code FileUserStore} is the service; {@code UserFile} has the format. */
package org.catseye.auth.file;
