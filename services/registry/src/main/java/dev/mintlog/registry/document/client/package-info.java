/** A client as an operator writes it: one form for each thing that is said of it, and the rules for the whole. */
package dev.mintlog.registry.document.client;
