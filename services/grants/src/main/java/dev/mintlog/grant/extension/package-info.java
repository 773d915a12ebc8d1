/** RFC 6749 §4.5: grants whose credentials an extension has judged. */
package dev.mintlog.grant.extension;
