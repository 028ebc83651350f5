package org.catseye.capture.lkv373a.datagram;

/** What a datagram contains. */
public enum DatagramKind {
    /** No payload: only a sign that the box works. */
    EMPTY,
    /** Whole transport stream packets. */
    TRANSPORT_STREAM,
    /** Whole transport stream packets behind an RTP header. */
    RTP,
    /** Data of an LKV373A V4 ("lk7777"): an own framing, encrypted. */
    V4,
    /** Something else. */
    OTHER
}
