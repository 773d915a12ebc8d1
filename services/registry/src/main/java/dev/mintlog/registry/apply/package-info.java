/** Publishing what an operator wrote, and writing out what is published. */
package dev.mintlog.registry.apply;
