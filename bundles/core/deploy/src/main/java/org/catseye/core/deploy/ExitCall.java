package org.catseye.core.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether a bundle is ending the process with {@link System#exit}. The framework then stops as it does after a signal. */
final class ExitCall {

    private static final String LAUNCHER = "org.catseye.launcher.";

    private ExitCall() {
    }

    /** The class that called it; empty if no thread is inside such a call, or the launcher is. */
    static Optional<String> findCaller() {
        return findCaller(Thread.getAllStackTraces());
    }

    static Optional<String> findCaller(Map<Thread, StackTraceElement[]> threads) {
        return threads.values().stream().map(Arrays::asList).map(ExitCall::findCallerOnStack).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> findCallerOnStack(List<StackTraceElement> stack) {
        int last = -1;
        for (int i = 0; i < stack.size(); i++) {
            String name = stack.get(i).getClassName();
            if ((name.equals("java.lang.Runtime") || name.equals("java.lang.System")) && stack.get(i).getMethodName().equals("exit")) {
                last = i;
            }
        }
        return last < 0 || last + 1 >= stack.size() ? Optional.empty()
                : Optional.of(stack.get(last + 1).getClassName()).filter(name -> !name.startsWith(LAUNCHER));
    }
}
