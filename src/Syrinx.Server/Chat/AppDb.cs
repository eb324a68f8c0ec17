using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Syrinx.Server.Chat;

/// <summary>
/// The web app's SQLite file, <c>home/app.db</c>: write-ahead log, so that readers never wait; secure_delete, so that what
/// a person deletes is overwritten. Its version is <c>PRAGMA user_version</c>: number of <see cref="Steps"/> taken.
/// </summary>
public sealed class AppDb(HomeFolder home)
{
    /// <summary>Only ever append: each entry takes the schema one version further.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE conversations (
            id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,
                created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX conversations_by_owner ON conversations (owner, updated_at);
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            role TEXT NOT NULL, text TEXT NOT NULL, answer TEXT, model_text TEXT, model TEXT, stopped INTEGER NOT NULL,
            created_at INTEGER NOT NULL);
        CREATE INDEX messages_by_conversation ON messages (conversation_id, id);
        """,
        """
        CREATE TABLE api_keys (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, begin TEXT NOT NULL,
            requests_per_minute INTEGER, requests_per_day INTEGER, tokens_per_minute INTEGER, tokens_per_day INTEGER,
            priority INTEGER NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER);
        CREATE TABLE api_key_days (
            key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE, day INTEGER NOT NULL,
            requests INTEGER NOT NULL, tokens INTEGER NOT NULL, PRIMARY KEY (key_id, day));
        """,
    ];

    /// <summary>SQLITE_FULL, of sqlite3.h.</summary>
    private const int Full = 13;

    /// <summary>SQLITE_IOERR_SHMSIZE, of sqlite3.h: no room for the index of the write-ahead log.</summary>
    private const int SharedMemoryTooLarge = 4874;

    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = home.AppDb,
        ForeignKeys = true,
        DefaultTimeout = 10,
    }.ToString();

    private DbContextOptions<AppDbContext>? _options;

    /// <summary>Creates the file, or brings an older one to the newest schema; nothing is lost.</summary>
    /// <exception cref="InputException">The home folder cannot be written to, the file is no database, or is of a newer
    /// Syrinx.</exception>
    public void Migrate()
    {
        try
        {
            Directory.CreateDirectory(home.Path);
            using var connection = Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            using var transaction = connection.BeginTransaction();
            long version = (long)Scalar(connection, "PRAGMA user_version")!;
            if (version > Steps.Length)
                throw new InputException(
                    $"{home.AppDb} is of a newer Syrinx (schema {version}, this one knows {Steps.Length}). Update Syrinx.");
            foreach (string step in Steps.Skip((int)version))
                Execute(connection, step);
            Execute(connection, $"PRAGMA user_version = {Steps.Length}");
            transaction.Commit();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Full || e.SqliteExtendedErrorCode == SharedMemoryTooLarge)
        {
            throw new InputException($"Cannot write {home.AppDb}: the disk is full. Make room there, or choose another --home.", e);
        }
        catch (SqliteException e)
        {
            throw new InputException(
                $"Cannot use {home.AppDb}: {e.Message} Choose a home folder that you can write to, or move the file away.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"Cannot write to the home folder {home.Path}: {e.Message}", e);
        }
    }

    /// <summary>A unit of work; dispose it.</summary>
    internal AppDbContext Context() => new(_options ??= new DbContextOptionsBuilder<AppDbContext>()
        .UseSqlite(_connection).AddInterceptors(new SecureDelete()).Options);

    /// <summary>Whether a query finds anything; without Entity Framework, whose first use takes as long as the rest of a start.</summary>
    internal bool Finds(string sql)
    {
        using var connection = Open();
        return Scalar(connection, $"SELECT EXISTS ({sql})") is 1L;
    }

    /// <summary>Moves the write-ahead log into the file, so that deleted text is in neither.</summary>
    internal void Checkpoint()
    {
        using var connection = Open();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        Execute(connection, SecureDelete.Pragma);
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
