/** The library of images, and one hub per target for the drives that they are attached to. */
package org.catseye.core.media;
