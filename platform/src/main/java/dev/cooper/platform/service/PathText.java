package dev.cooper.platform.service;

import java.beans.PropertyEditorSupport;
import java.nio.file.Path;

/**
 * Reads a setting as a path of this machine. Spring's own editor takes a relative path for a resource, which in a
 * service with a web server is a place in that server's temporary folder.
 */
final class PathText extends PropertyEditorSupport {

    @Override
    public void setAsText(String text) {
        setValue(Path.of(text));
    }
}
