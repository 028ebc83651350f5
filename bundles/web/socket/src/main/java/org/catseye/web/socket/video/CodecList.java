package org.catseye.web.socket.video;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;

/** The codecs that a viewer can show: the query parameter {@code codecs}, names separated by commas; all codecs without it. */
final class CodecList {

    private static final Set<Codec> ALL = EnumSet.of(Codec.JPEG, Codec.H264);

    private CodecList() {
    }

    /** @param list null for all codecs. @return empty if the list is empty or a name is unknown */
    static Optional<Set<Codec>> parseList(String list) {
        if (list == null) {
            return Optional.of(EnumSet.copyOf(ALL));
        }
        Set<Codec> found = EnumSet.noneOf(Codec.class);
        for (String name : list.split(",", -1)) {
            Optional<Codec> codec = ALL.stream().filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
            if (codec.isEmpty()) {
                return Optional.empty();
            }
            found.add(codec.get());
        }
        return Optional.of(found);
    }
}
