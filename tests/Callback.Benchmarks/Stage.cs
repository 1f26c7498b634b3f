using System.Diagnostics;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Web;
using Callback.Web.Hosting;
using Callback.Web.Settings;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Benchmarks;

/// <summary>A database of the benchmark's own on the server that CALLBACK_BENCH_POSTGRES names, with the whole program on top of it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string Name = "callback_bench";

    private readonly ServiceProvider services;

    private Stage(Ground ground, string connectionString)
    {
        Ground = ground;
        ConnectionString = connectionString;
        services = new ServiceCollection().AddLogging().AddCallback(ground).BuildServiceProvider();
    }

    public Ground Ground { get; }

    public string ConnectionString { get; }

    public PgBench PgBench => new(ConnectionString);

    public Db Db => Service<Db>();

    public T Service<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<Stage> OpenAsync()
    {
        var server = Environment.GetEnvironmentVariable("CALLBACK_BENCH_POSTGRES") ?? throw new InvalidOperationException("CALLBACK_BENCH_POSTGRES is not set; run scripts/bench.");
        await using (var maintenance = NpgsqlDataSource.Create(server))
        {
            await maintenance.CreateCommand($"drop database if exists {Name} with (force)").ExecuteNonQueryAsync();
            await maintenance.CreateCommand($"create database {Name}").ExecuteNonQueryAsync();
        }
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = Name, CommandTimeout = 0 }.ConnectionString;
        var source = DapperSetup.OpenSource(connectionString);
        await new Migrator(source).RunAsync(default);
        var surroundings = new Surroundings(Places.ConfigFolder(), Directory.CreateTempSubdirectory("callback-bench-").FullName, Production: false, Demo: false);
        return new(new Ground(new CallbackSettings { Urls = "http://127.0.0.1:0" }, surroundings, source, Keyring.Create(), TimeProvider.System), connectionString);
    }

    /// <summary>Runs SQL for all shops and says how long it took; the generators are this.</summary>
    public async Task<TimeSpan> SqlAsync(string sql, object? args = null)
    {
        var started = Stopwatch.StartNew();
        await using var session = await Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
        return started.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Ground.Source.DisposeAsync();
    }
}
