/** Memory for frames: a pool of direct buffers per hub, within one budget for all, counted by reference. */
package org.catseye.core.video.memory;
