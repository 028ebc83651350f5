/** The configuration of the library. */
package org.catseye.core.media.settings;
