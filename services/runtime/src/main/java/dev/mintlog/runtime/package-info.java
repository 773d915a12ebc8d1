/** What every service process needs and no service is about: settings, health, lifecycle, logging. */
package dev.mintlog.runtime;
