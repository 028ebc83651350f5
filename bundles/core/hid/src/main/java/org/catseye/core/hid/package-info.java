/** The keys and pointers of all viewers, put before each target as one keyboard and one pointer, whatever device does it just now. */
package org.catseye.core.hid;
