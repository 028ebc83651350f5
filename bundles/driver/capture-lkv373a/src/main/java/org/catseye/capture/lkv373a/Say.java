package org.catseye.capture.lkv373a;

import org.catseye.video.spi.Signal;

/** What is to be told: the words are constant while the matter is, so that they can be compared. */
record Say(Signal signal, String words) {
}
