package dev.cooper.reward.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables in Parquet, by DuckDB. */
public final class ParquetTable {

    private ParquetTable() {}

    /**
     * Writes the lines of a file of JSON objects as rows of a Parquet file, in their order; an object in a line becomes
     * a struct. The file is there whole or as it was.
     *
     * @param columns name and type of each column, as DuckDB writes them: {@code question: 'VARCHAR', ...}
     */
    public static void write(Path jsonLines, String columns, Path parquet) throws IOException {
        Path unfinished = parquet.resolveSibling(".unfinished-" + parquet.getFileName());
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("copy (select * from read_json(" + quoted(jsonLines)
                    + ", format = 'newline_delimited', columns = {" + columns
                    + "}, maximum_object_size = 67108864)) to "
                    + quoted(unfinished) + " (format parquet, compression zstd)");
        } catch (SQLException e) {
            Files.deleteIfExists(unfinished);
            throw new IOException("cannot write " + parquet + ": " + e.getMessage(), e);
        }
        Files.move(unfinished, parquet, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }
}
