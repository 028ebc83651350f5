package org.catseye.core.watchdog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the watchdog; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: watchdog for plug-ins", description = "What a plug-in may use. The bundles of Catseye itself are never stopped.")
public @interface WatchdogConfig {

    String PID = "org.catseye.core.watchdog";

    int MIN_CPU = 1;
    int MAX_CPU = 100_000;
    int DEFAULT_CPU = 90;

    int MIN_THREADS = 1;
    int MAX_THREADS = 100_000;
    int DEFAULT_THREADS = 200;

    int MIN_LINES = 10;
    int MAX_LINES = 100_000;
    int DEFAULT_LINES = 600;

    int MIN_EXCEPTIONS = 1;
    int MAX_EXCEPTIONS = 100_000;
    int DEFAULT_EXCEPTIONS = 120;

    int MIN_GRACE = 5;
    int MAX_GRACE = 86_400;
    int DEFAULT_GRACE = 120;

    @AttributeDefinition(name = "Stop plug-ins", required = false,
        description = "Whether a plug-in that stays over a limit is stopped. If not, the page and the log only name it.")
    boolean stopPlugins() default true;

    @AttributeDefinition(name = "Processor (percent of one core)", required = false, min = "" + MIN_CPU, max = "" + MAX_CPU,
        description = "Average over ten seconds. Raise it for a plug-in that decodes or encodes pictures on several cores: 200 is two cores.")
    int cpuPercent() default DEFAULT_CPU;

    @AttributeDefinition(name = "Threads", required = false, min = "" + MIN_THREADS, max = "" + MAX_THREADS,
        description = "Threads of a plug-in. Each one takes memory.")
    int threads() default DEFAULT_THREADS;

    @AttributeDefinition(name = "Lines per minute", required = false, min = "" + MIN_LINES, max = "" + MAX_LINES,
        description = "Lines that a plug-in may log in a minute, and as many that it may print. Further ones are dropped and counted.")
    int linesPerMinute() default DEFAULT_LINES;

    @AttributeDefinition(name = "Exceptions per minute", required = false, min = "" + MIN_EXCEPTIONS, max = "" + MAX_EXCEPTIONS,
        description = "Exceptions of a plug-in that are logged, or end a thread, in a minute.")
    int exceptionsPerMinute() default DEFAULT_EXCEPTIONS;

    @AttributeDefinition(name = "Grace time (seconds)", required = false, min = "" + MIN_GRACE, max = "" + MAX_GRACE,
        description = "A plug-in is stopped if it has been over one limit for so long without interruption.")
    int graceSeconds() default DEFAULT_GRACE;
}
