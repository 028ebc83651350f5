/**
 * HDMI-over-IP boxes of Lenkeng (LKV373A, LKV373) and their many twins as {@link org.catseye.video.spi.CaptureDevice}s. Pictures arrive
 * as multicast or unicast datagrams. {@code Receiver} takes them from the network, {@code DatagramClassifier} classifies them,
 * {@code TransportStream} extracts the access units, and {@code AccessUnitWriter} writes these directly into buffers of the hub. Start
 * reading at {@code Receiver}.
 */
package org.catseye.capture.lkv373a;
