package org.catseye.core.deploy.running;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;

/** Whether bundles run. */
public final class RunningBundles {

    private RunningBundles() {
    }

    /** Active, or waiting for the first use of one of its classes if its manifest says so, or a fragment that is attached. */
    public static boolean isRunning(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> true;
            case Bundle.STARTING -> readHeader(bundle, Constants.BUNDLE_ACTIVATIONPOLICY).equals(Constants.ACTIVATION_LAZY);
            case Bundle.RESOLVED -> isAttached(bundle);
            default -> false;
        };
    }

    /** Whether this bundle runs, or another version of it in its place, or it is a fragment. */
    public static boolean isNameRunning(BundleContext framework, Bundle bundle) {
        return Arrays.stream(framework.getBundles()).anyMatch(other -> bundle.getSymbolicName().equals(other.getSymbolicName()) && isRunning(other));
    }

    private static boolean isAttached(Bundle fragment) {
        BundleWiring wiring = fragment.adapt(BundleWiring.class);
        return wiring != null && !Optional.ofNullable(wiring.getRequiredWires("osgi.wiring.host")).orElse(List.of()).isEmpty();
    }

    /** The symbolic name of the bundle that a fragment extends; empty if it is none. */
    public static String readHost(Bundle bundle) {
        return readHeader(bundle, Constants.FRAGMENT_HOST);
    }

    private static String readHeader(Bundle bundle, String name) {
        return Optional.ofNullable(bundle.getHeaders("").get(name)).orElse("").split(";", -1)[0].strip();
    }
}
