/** Who computes signatures: chosen once per process, for those that sign and those that verify. */
package dev.mintlog.runtime.crypto;
