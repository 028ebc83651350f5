/**
 * The video hubs: one per target. Threads (one per capture device, one that paints words), buffers and retries live here;
 * {@code VideoHubs} wires, {@code Hub} distributes, {@code GroupRing} and {@code BufferPool} hold the memory.
 */
package org.catseye.core.video;
