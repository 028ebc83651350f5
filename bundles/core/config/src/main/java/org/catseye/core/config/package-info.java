/**
 * ConfigurationAdmin's store as a folder of files that people edit. Each PID has one file in {@code <home>/config}, and that file is the
 * only truth. A form in the web console and an editor on the command line both change the file. Neither overwrites changes of the other,
 * comments stay, and a change takes effect within a second.
 *
 * <p>{@code org.catseye.*} live in {@code <pid>.cfg}, as lines of {@code key = value}; instances of a factory in
 * {@code <factory>~<name>.cfg}. All other PIDs live in {@code <pid>.config}, the typed format of Apache Felix, because this bundle cannot
 * find out which types they expect.
 */
package org.catseye.core.config;
