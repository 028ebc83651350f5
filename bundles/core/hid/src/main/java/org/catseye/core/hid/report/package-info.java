/** Reports for the remote computer: what they are, in which order they wait, and how two of them become one. */
package org.catseye.core.hid.report;
