/**
 * One hub per target: takes frames from the device that is in use and offers each to every viewer. {@code Hub} distributes,
 * {@code GroupRing} keeps the current group of pictures, {@code HubInput} is a device's way in.
 */
package org.catseye.core.video.hub;
