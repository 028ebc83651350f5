/** Reads, checks, describes and writes EDIDs. */
package org.catseye.capture.v4l2.edid;
