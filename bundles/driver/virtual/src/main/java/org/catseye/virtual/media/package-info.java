/** The drives of the virtual computer, and what its firmware finds on their media. */
package org.catseye.virtual.media;
