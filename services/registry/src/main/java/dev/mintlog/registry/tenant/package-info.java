/** What is registered of a tenant beside its clients: settings, API resources, users, who lost their rights. */
package dev.mintlog.registry.tenant;
