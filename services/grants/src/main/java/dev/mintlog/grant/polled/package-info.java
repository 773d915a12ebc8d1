/** What all requests have in common whose client polls while a user decides elsewhere. */
package dev.mintlog.grant.polled;
