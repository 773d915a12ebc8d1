/** What an extension implements to serve a grant type of its own, RFC 6749 §4.5; docs/extension-grants.md tells how. */
package dev.mintlog.extension;
