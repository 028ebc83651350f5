/** Outputs for reports: which device of a target is in use, how reports are written to it, and what happens when that fails. */
package org.catseye.core.hid.device;
