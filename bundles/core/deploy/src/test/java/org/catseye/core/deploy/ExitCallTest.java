package org.catseye.core.deploy;

import static org.junit.Assert.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class ExitCallTest {

    private static final StackTraceElement INNER = new StackTraceElement("java.lang.Shutdown", "exit", "", 1);
    private static final StackTraceElement RUNTIME = new StackTraceElement("java.lang.Runtime", "exit", "", 1);
    private static final StackTraceElement SYSTEM = new StackTraceElement("java.lang.System", "exit", "", 1);

    private static Optional<String> find(StackTraceElement... stack) {
        return ExitCall.findCaller(Map.of(Thread.currentThread(), stack));
    }

    @Test
    public void aBundleThatCallsExitIsFound() {
        assertEquals(Optional.of("x.Bad"), find(INNER, RUNTIME, SYSTEM, new StackTraceElement("x.Bad", "run", "", 1)));
        assertEquals(Optional.of("x.Bad"), find(INNER, RUNTIME, new StackTraceElement("x.Bad", "run", "", 1)));
    }

    @Test
    public void aSignalAndTheLauncherEndTheProcessAsIntended() {
        assertEquals(Optional.empty(), find(INNER, new StackTraceElement("java.lang.Terminator$1", "handle", "", 1)));
        assertEquals(Optional.empty(), find(INNER, RUNTIME, SYSTEM, new StackTraceElement("org.catseye.launcher.Main", "main", "", 1)));
        assertEquals(Optional.empty(), ExitCall.findCaller());
    }
}
