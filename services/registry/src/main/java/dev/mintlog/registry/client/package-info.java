/** What is registered of a client, beyond what the core decides by: how it proves itself, what it may bring, how often. */
package dev.mintlog.registry.client;
