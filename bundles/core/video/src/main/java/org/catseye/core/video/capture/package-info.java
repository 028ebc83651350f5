/**
 * Runs drivers. {@code CaptureLoop} is the thread that calls one device's capture method, {@code CaptureDevices} runs the devices of
 * a target and selects the best one that has a source.
 */
package org.catseye.core.video.capture;
