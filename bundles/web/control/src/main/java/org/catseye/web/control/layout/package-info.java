/** Keyboard layouts: which keys type a character on a remote computer that uses a certain layout. */
package org.catseye.web.control.layout;
