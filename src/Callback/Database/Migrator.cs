using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Callback.Database;

/// <summary>Brings the database to this program's schema: forward only, one transaction a migration, one node at a time.</summary>
public sealed class Migrator(NpgsqlDataSource source)
{
    private const long AdvisoryLock = 0x43414C4C4241434B;

    /// <returns>The names of the migrations that were applied now.</returns>
    /// <exception cref="SchemaException">The database is newer than the program, or an applied migration differs from the program's.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({AdvisoryLock})", ct);
        try
        {
            await ExecuteAsync(connection, "create table if not exists migrations (name text primary key, checksum bytea not null, applied_at timestamptz not null default now())", ct);
            var pending = Pending(await AppliedAsync(connection, ct), Migration.All);
            foreach (var migration in pending)
                await ApplyAsync(connection, migration, ct);
            return [.. pending.Select(migration => migration.Name)];
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
        }
    }

    /// <returns>The names of the migrations the database lacks.</returns>
    /// <exception cref="SchemaException">As with <see cref="RunAsync"/>.</exception>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return [.. Pending(await AppliedAsync(connection, ct), Migration.All).Select(migration => migration.Name)];
    }

    internal static IReadOnlyList<Migration> Pending(IReadOnlyList<(string Name, byte[] Checksum)> applied, IReadOnlyList<Migration> known)
    {
        foreach (var (name, checksum) in applied)
        {
            var migration = known.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new SchemaException($"The database has the migration {name}, which this program does not know: it is newer than the program. Start a program of at least that version.");
            if (!migration.Checksum.AsSpan().SequenceEqual(checksum))
                throw new SchemaException($"The migration {name} differs from the one this database was made with. Migrations are never edited; restore the program's files.");
        }
        var done = applied.Select(migration => migration.Name).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(migration => !done.Contains(migration.Name))];
    }

    private static async Task<List<(string, byte[])>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select name, checksum from migrations order by name", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new List<(string, byte[])>();
        while (await reader.ReadAsync(ct))
            applied.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, "select set_config('app.shops', '*', true)", ct);
        await ExecuteAsync(connection, migration.Sql, ct);
        await using var record = new NpgsqlCommand("insert into migrations (name, checksum) values ($1, $2)", connection)
        {
            Parameters = { new() { Value = migration.Name }, new() { Value = migration.Checksum } },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>One embedded <c>Migrations/NNNN_what.sql</c>.</summary>
internal sealed record Migration(string Name, string Sql)
{
    public byte[] Checksum { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    public static IReadOnlyList<Migration> All { get; } = Load();

    private static List<Migration> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string prefix = "Callback.Database.Migrations.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new Migration(name[prefix.Length..^4], reader.ReadToEnd());
            })];
    }
}

/// <summary>The schema and the program do not belong together; the program does not start.</summary>
public sealed class SchemaException(string message) : Exception(message);
