/** Which bundle a class, a stack or a log line belongs to. */
package org.catseye.core.watchdog.owner;
