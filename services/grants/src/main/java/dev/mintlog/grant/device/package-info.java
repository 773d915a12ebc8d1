/** RFC 8628. */
package dev.mintlog.grant.device;
