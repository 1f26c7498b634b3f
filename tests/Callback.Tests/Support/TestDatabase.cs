using System.Security.Cryptography;
using System.Text;
using Callback.Database;
using Npgsql;

namespace Callback.Tests.Support;

/// <summary>
/// A database of the test class's own, cloned from a migrated template. The server comes from CALLBACK_TEST_POSTGRES
/// (a role that may create databases and is no superuser, so that row-level security holds); scripts/test starts one.
/// Use as <c>IClassFixture&lt;TestDatabase&gt;</c>.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private readonly string name = $"t_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    private bool another;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public Db Db { get; private set; } = null!;

    public string ConnectionString { get; private set; } = null!;

    /// <summary>A database that is there already, on a server of the test's own: not made here and not dropped. Brought to the program's schema.</summary>
    public static async Task<TestDatabase> OverAsync(string connectionString)
    {
        var source = DapperSetup.OpenSource(connectionString);
        await new Migrator(source).RunAsync(CancellationToken.None);
        return new() { another = true, ConnectionString = connectionString, Source = source, Db = new(source) };
    }

    public static string Server => Environment.GetEnvironmentVariable("CALLBACK_TEST_POSTGRES")
        ?? throw new InvalidOperationException("CALLBACK_TEST_POSTGRES is not set. Run scripts/test, or point it at a throwaway PostgreSQL.");

    public async Task InitializeAsync()
    {
        var template = await TemplateAsync();
        await OnServerAsync($"create database {name} template {template}");
        ConnectionString = For(name);
        Source = DapperSetup.OpenSource(ConnectionString);
        Db = new Db(Source);
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        if (another)
            return;
        for (var tries = 0; ; tries++)
            try
            {
                await OnServerAsync($"drop database if exists {name} with (force)");
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege && tries < 100)
            {
                // A superuser's connection to it is on its way out (autovacuum, a tampering test) and may not be ended by force.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
    }

    public static string For(string database) => new NpgsqlConnectionStringBuilder(Server) { Database = database }.ConnectionString;

    /// <summary>The same database as the server's superuser: for tests of what an intruder with all rights could do.</summary>
    public string SuperuserConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Username = "postgres" }.ConnectionString;

    private static async Task<string> TemplateAsync()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Migration.All.Select(migration => migration.Name + migration.Sql))));
        var template = $"template_{Convert.ToHexStringLower(hash)[..16]}";
        await using var server = NpgsqlDataSource.Create(Server);
        await using var connection = await server.OpenConnectionAsync();
        await ExecuteAsync(connection, "select pg_advisory_lock(4711)");
        await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = $1", connection) { Parameters = { new() { Value = template } } };
        if ((long)(await exists.ExecuteScalarAsync())! == 0)
        {
            var unfinished = template + "_new";
            await ExecuteAsync(connection, $"drop database if exists {unfinished}");
            await ExecuteAsync(connection, $"create database {unfinished}");
            await using (var source = DapperSetup.OpenSource(For(unfinished)))
                await new Migrator(source).RunAsync(CancellationToken.None);
            await ExecuteAsync(connection, $"alter database {unfinished} rename to {template}");
        }
        await ExecuteAsync(connection, "select pg_advisory_unlock(4711)");
        return template;
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var server = NpgsqlDataSource.Create(Server);
        await using var connection = await server.OpenConnectionAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
