/** Placeholder pictures: what viewers see while there is no live picture, with the condition and the reason in it. */
package org.catseye.core.video.placeholder;
