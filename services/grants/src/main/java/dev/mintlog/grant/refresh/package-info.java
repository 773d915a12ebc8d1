/** RFC 6749 §6 with the rotation of RFC 9700 §4.14. */
package dev.mintlog.grant.refresh;
