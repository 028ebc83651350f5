/** Virtual machines and other VNC servers as targets. */
package org.catseye.vnc;
