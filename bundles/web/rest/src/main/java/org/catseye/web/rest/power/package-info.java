/** The power of the remote computers. */
package org.catseye.web.rest.power;
