/** The one class of ours in DJL's own package, since the native calls that it needs are package-private there. */
@NullMarked
package ai.djl.pytorch.jni;

import org.jspecify.annotations.NullMarked;
