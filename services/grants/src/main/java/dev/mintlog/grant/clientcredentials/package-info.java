/** RFC 6749 §4.4. */
package dev.mintlog.grant.clientcredentials;
