/**
 * The video hubs, one per target. {@code VideoHubs} connects them to targets, devices and renderers; {@code TargetVideo} is what
 * belongs to one target. The hub itself is in {@code hub}, its memory in {@code memory}, the drivers' threads in {@code capture}.
 */
package org.catseye.core.video;
