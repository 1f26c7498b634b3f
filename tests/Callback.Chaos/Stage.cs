using System.Security.Cryptography;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Web;
using Callback.Web.Hosting;
using Callback.Web.Settings;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Chaos;

/// <summary>
/// A new database on a server, with the program's use cases on top of it in this process: for tests that look at one part very often, where a whole node would only be slower.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;
    private readonly ServiceProvider services;

    private Stage(string server, string name, Web.Hosting.Ground ground, string connectionString)
    {
        (this.server, this.name, Ground, ConnectionString) = (server, name, ground, connectionString);
        services = new ServiceCollection().AddLogging().AddCallback(ground).BuildServiceProvider();
    }

    public Web.Hosting.Ground Ground { get; }

    public string ConnectionString { get; }

    public IServiceProvider Services => services;

    public Db Db => Get<Db>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <param name="server">Where to make it; null: the server that CALLBACK_TEST_POSTGRES names.</param>
    /// <param name="settings">More than where it listens.</param>
    public static async Task<Stage> OpenAsync(string? server = null, Action<CallbackSettings>? settings = null, CancellationToken ct = default)
    {
        server ??= Environment.GetEnvironmentVariable("CALLBACK_TEST_POSTGRES") ?? throw new InvalidOperationException("CALLBACK_TEST_POSTGRES is not set; run scripts/chaos.");
        var name = $"chaos_{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await OnServerAsync(server, $"create database {name}", ct);
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var source = DapperSetup.OpenSource(connectionString);
        await new Migrator(source).RunAsync(ct);
        var surroundings = new Surroundings(Places.ConfigFolder(), Directory.CreateTempSubdirectory("callback-chaos-").FullName, Production: false, Demo: false);
        var all = new CallbackSettings { Urls = "http://127.0.0.1:0", Jobs = { Enabled = false } };
        settings?.Invoke(all);
        return new(server, name, new(all, surroundings, source, Keyring.Create(), TimeProvider.System), connectionString);
    }

    /// <summary>The same database for this process, where another made it.</summary>
    public static Stage Join(string connectionString, Keyring keyring, Action<CallbackSettings>? more = null)
    {
        var surroundings = new Surroundings(Places.ConfigFolder(), Path.GetTempPath(), Production: false, Demo: false);
        var settings = new CallbackSettings { Urls = "http://127.0.0.1:0", Jobs = { Enabled = false } };
        more?.Invoke(settings);
        return new("", "", new(settings, surroundings, DapperSetup.OpenSource(connectionString), keyring, TimeProvider.System), connectionString);
    }

    public async Task SqlAsync(string sql, object? args = null, CancellationToken ct = default)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, ct);
        await session.ExecuteAsync(sql, args, ct);
        await session.CommitAsync();
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>(string sql, object? args = null, CancellationToken ct = default)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<T>(sql, args, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Ground.Source.DisposeAsync();
        if (server == "")
            return;
        Directory.Delete(Ground.Surroundings.DataFolder, recursive: true);
        await OnServerAsync(server, $"drop database if exists {name} with (force)", CancellationToken.None);
    }

    private static async Task OnServerAsync(string server, string sql, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
