/** A web application and an API on Spring Boot: Spring Security's OAuth 2.0 login, client and resource server. */
package dev.mintlog.clients.spring;
