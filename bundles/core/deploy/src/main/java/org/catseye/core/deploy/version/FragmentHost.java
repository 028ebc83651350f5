package org.catseye.core.deploy.version;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** The bundle that a fragment extends. */
final class FragmentHost {

    private FragmentHost() {
    }

    static boolean isHost(Bundle fragment, Bundle host) {
        String header = Optional.ofNullable(fragment.getHeaders("").get(Constants.FRAGMENT_HOST)).orElse("");
        return header.split(";", -1)[0].strip().equals(host.getSymbolicName());
    }
}
