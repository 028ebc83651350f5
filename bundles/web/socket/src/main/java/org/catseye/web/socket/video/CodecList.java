package org.catseye.web.socket.video;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;

/** The codecs that a viewer can show: the query parameter {@code codecs}, names separated by commas; all codecs without it. */
final class CodecList {

    private CodecList() {
    }

    /** @param list null for all codecs. @return empty if the list is empty or a name is unknown */
    static Optional<Set<Codec>> parseList(String list) {
        if (list == null) {
            return Optional.of(EnumSet.allOf(Codec.class));
        }
        Set<Codec> found = EnumSet.noneOf(Codec.class);
        for (String name : list.split(",", -1)) {
            try {
                found.add(Codec.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }
}
