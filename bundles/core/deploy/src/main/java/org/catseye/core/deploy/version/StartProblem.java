package org.catseye.core.deploy.version;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleException;

/** Describes in a few words why a bundle does not start. */
final class StartProblem {

    private static final Pattern MISSING_PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern MISSING_REQUIREMENT = Pattern.compile("missing requirement \\[[^]]*\\] (.*)");

    private StartProblem() {
    }

    static boolean isResolveError(BundleException problem) {
        return problem.getType() == BundleException.RESOLVE_ERROR;
    }

    /** Whether another bundle or the framework's start level may remove the problem. */
    static boolean mayPass(BundleException problem) {
        return isResolveError(problem) || problem.getType() == BundleException.START_TRANSIENT_ERROR;
    }

    /** Whether a disk or a file has caused it, so that the installation may succeed later. A manifest that the framework rejects does not. */
    static boolean isInputOutput(Throwable problem) {
        return problem instanceof IOException || problem.getCause() != null && isInputOutput(problem.getCause());
    }

    static String describeInstallation(Exception problem) {
        return problem.getMessage() + (problem.getCause() == null ? "" : " (" + problem.getCause() + ")");
    }

    static String describe(BundleException problem) {
        if (isResolveError(problem)) {
            return describeRequirement(String.valueOf(problem.getMessage()));
        }
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return (problem.getType() == BundleException.ACTIVATOR_ERROR ? "its activator failed: " : "") + cause;
    }

    /** Felix's message repeats the chain of bundles; the missing package is the last one. */
    private static String describeRequirement(String message) {
        String name = "";
        for (Matcher found = MISSING_PACKAGE.matcher(message); found.find();) {
            name = found.group(1);
        }
        if (!name.isEmpty()) {
            return "no bundle provides the package " + name + " in the version that it needs";
        }
        Matcher requirement = MISSING_REQUIREMENT.matcher(message);
        return requirement.find() ? "no bundle provides what it needs: " + requirement.group(1) : message;
    }
}
