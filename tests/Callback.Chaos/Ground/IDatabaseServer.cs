using Npgsql;

namespace Callback.Chaos.Ground;

/// <summary>What an installation works on: one server, or several behind one address.</summary>
internal interface IDatabaseServer : IAsyncDisposable
{
    /// <summary>Owns the database and is no superuser: what the program is.</summary>
    const string Role = "callback";

    /// <summary>Where it is found, on loopback.</summary>
    int Port { get; }

    /// <summary>As the program would connect, straight to it; <paramref name="port"/>: through a proxy instead.</summary>
    string ConnectionString(int? port = null, string user = Role, string database = Role);
}

/// <summary>The witness's questions, asked as superuser: row-level security hides nothing from it.</summary>
internal static class DatabaseServerQuestions
{
    /// <summary>Runs a statement.</summary>
    public static async Task ExecuteAsync(this IDatabaseServer server, string sql, string database = IDatabaseServer.Role)
    {
        await using var source = Source(server, database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value.</summary>
    public static async Task<T> OneAsync<T>(this IDatabaseServer server, string sql, string database = IDatabaseServer.Role)
    {
        await using var source = Source(server, database);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Rows.</summary>
    public static async Task<IReadOnlyList<T>> ManyAsync<T>(this IDatabaseServer server, string sql, Func<NpgsqlDataReader, T> read, string database = IDatabaseServer.Role)
    {
        await using var source = Source(server, database);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private static NpgsqlDataSource Source(IDatabaseServer server, string database) =>
        NpgsqlDataSource.Create(server.ConnectionString(user: "postgres", database: database) + ";Pooling=false;Command Timeout=120");
}
