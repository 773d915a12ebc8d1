/**
 * The life of a service process: parts start in order, stop in reverse, within a bound; a start that cannot succeed ends
 * with one line on stderr and exit code 1.
 */
package dev.mintlog.runtime.lifecycle;
