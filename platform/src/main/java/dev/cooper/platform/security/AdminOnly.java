package dev.cooper.platform.security;

/**
 * A POST of a service that only admins may send; what else is posted, operators may.
 *
 * @param path pattern as Spring MVC has them
 */
public record AdminOnly(String path) {}
