package org.catseye.core.watchdog.output;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;

/** Which bundle's code is running on the calling thread, or has thrown an exception. Thread-safe. */
final class CallingBundle {

    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final int MAX_CAUSES = 5;

    private final BundleOwners owners;

    CallingBundle(BundleOwners owners) {
        this.owners = owners;
    }

    /** The innermost plug-in on the stack of this thread; else the innermost bundle other than the watchdog. */
    Optional<BundleOwner> findCaller() {
        return WALKER.walk(frames -> {
            Optional<BundleOwner> innermost = Optional.empty();
            for (StackFrame frame : (Iterable<StackFrame>) frames::iterator) {
                Optional<BundleOwner> owner = isOwn(frame.getDeclaringClass()) ? Optional.empty() : owners.findOwner(frame.getDeclaringClass());
                if (owner.filter(BundleOwner::plugin).isPresent()) {
                    return owner;
                }
                innermost = innermost.or(() -> owner);
            }
            return innermost;
        });
    }

    private static boolean isOwn(Class<?> type) {
        return type.getClassLoader() == CallingBundle.class.getClassLoader();
    }

    /** The innermost plug-in on the stack of an exception or of one of its causes. */
    Optional<BundleOwner> findThrower(Throwable thrown) {
        try {
            return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES)
                .map(cause -> owners.findPlugin(Arrays.stream(cause.getStackTrace()).map(StackTraceElement::getClassName).toList()))
                .flatMap(Optional::stream).findFirst();
        } catch (RuntimeException | LinkageError e) {
            // The exception's own code failed. Logging that would come here again.
            return owners.findOwner(thrown.getClass()).filter(BundleOwner::plugin);
        }
    }
}
