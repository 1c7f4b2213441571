package dev.cooper.orchestrator.archive;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Parquet files, by DuckDB. Not thread-safe. */
final class ParquetFiles implements AutoCloseable {

    /** Appends rows. */
    interface Writer {
        void write(DuckDBAppender rows) throws SQLException;
    }

    /** Takes a row. */
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private static final String TABLE = "step_rows";

    private final DuckDBConnection duckdb;

    /** Opens DuckDB in memory, which takes about a second the first time, and little afterwards. */
    ParquetFiles() throws SQLException {
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        // The step's work waits for this thread only; more of them would take cores from sampling.
        execute("set threads = 1");
    }

    /** Writes a file, overwriting what is there. */
    void write(Path file, String columns, String order, Writer writer) throws SQLException {
        execute("create or replace temp table " + TABLE + " (" + columns + ")");
        try (DuckDBAppender rows = duckdb.createAppender("temp", DuckDBConnection.DEFAULT_SCHEMA, TABLE)) {
            writer.write(rows);
        }
        execute("copy (select * from " + TABLE + " order by " + order + ") to " + quoted(file)
                + " (format parquet, compression zstd)");
        execute("drop table " + TABLE);
    }

    void read(Path file, String order, Reader reader) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet row =
                        statement.executeQuery("select * from read_parquet(" + quoted(file) + ") order by " + order)) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = ((Connection) duckdb).createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }
}
