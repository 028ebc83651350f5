/**
 * Computers that a program of the device's administrator switches. {@code ScriptControl} is the power control, {@code ScriptPlace} decides
 * whether a program may run, and {@code ScriptRun} runs it within limits. Start reading at {@code ScriptControl}.
 */
package org.catseye.power.script;
