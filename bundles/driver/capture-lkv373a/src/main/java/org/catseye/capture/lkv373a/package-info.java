/**
 * HDMI-over-IP boxes of Lenkeng (LKV373A, LKV373) and their many twins as {@link org.catseye.video.spi.CaptureDevice}s. Pictures
 * come as multicast or unicast datagrams: {@code Receiver} takes them from the network, {@code Sniffer} tells what they are,
 * {@code TransportStream} takes the access units out and {@code SlotWriter} puts them straight into buffers of the hub.
 */
package org.catseye.capture.lkv373a;
