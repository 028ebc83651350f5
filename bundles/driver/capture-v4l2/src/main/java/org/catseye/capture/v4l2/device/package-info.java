/** Describes the connected device to users who adjust it. */
package org.catseye.capture.v4l2.device;
