package dev.cooper.languagemodel.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive with one module that has methods and no parameters: a zip of stored entries with the
 * pickled module object, an empty constant table, the code in TorchScript's serialised form, and the format's version.
 */
final class TorchScriptArchive {
    private static final String FORMAT_VERSION = "10\n";

    private TorchScriptArchive() {}

    static byte[] of(String className, String methods) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "ops/data.pkl", pickledModule(className));
            store(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            String header = "class " + className + "(Module):\n"
                    + "  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
            store(zip, "ops/code/__torch__.py", (header + methods).getBytes(StandardCharsets.UTF_8));
            store(zip, "ops/version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Pickle protocol 2: an object of class {@code __torch__.className} whose state is {training: true}. */
    private static byte[] pickledModule(String className) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        byte[] attribute = "training".getBytes(StandardCharsets.UTF_8);
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        pickle.writeBytes(("c__torch__\n" + className + "\n").getBytes(StandardCharsets.UTF_8));
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', (byte) attribute.length, 0, 0, 0});
        pickle.writeBytes(attribute);
        pickle.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
