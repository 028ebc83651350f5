package org.catseye.web.socket.hls;

import java.util.List;
import java.util.Optional;

/**
 * What a request gets.
 *
 * @param contents one after the other
 */
record Reply(State state, List<Content> contents) {

    /** Whether there is an answer. */
    enum State {
        READY,
        /** Not yet; it is being made. */
        LATER,
        /** There is no such thing, or not any more. */
        MISSING
    }

    static final Reply LATER = new Reply(State.LATER, List.of());
    static final Reply MISSING = new Reply(State.MISSING, List.of());

    static Reply ready(List<Content> contents) {
        return new Reply(State.READY, contents);
    }

    static Reply ofExisting(Optional<Content> content) {
        return content.map(List::of).map(Reply::ready).orElse(MISSING);
    }
}
