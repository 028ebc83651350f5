/**
 * ConfigurationAdmin's store as a folder of files that people edit. There is one truth for each PID: its file in
 * {@code <home>/config}. A form in the web console and an editor on the command line both change that file, neither overwrites what the
 * other did, comments stay, and a change is in effect within a second.
 *
 * <p>{@code org.catseye.*} live in {@code <pid>.cfg}, lines of {@code key = value}; instances of a factory in {@code <factory>~<name>.cfg}.
 * All other PIDs live in {@code <pid>.config}, the typed format of Apache Felix, because nobody here knows which types they expect.
 */
package org.catseye.core.config;
