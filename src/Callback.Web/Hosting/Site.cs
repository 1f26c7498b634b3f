using Callback.Database;
using Callback.Database.Clock;
using Callback.Database.Embedded;
using Callback.Database.PersonalData;
using Callback.Web.Demo;
using Callback.Web.Settings;
using Callback.Windows;
using Npgsql;

namespace Callback.Web.Hosting;

/// <summary>What the command line said about where the program stands.</summary>
internal sealed record StartInput(string? Data, string? Config, IReadOnlyList<string> Set, bool Demo = false, bool Serve = false);

/// <summary>An opened installation: the database (the program's own is started if it stands still), at this schema, with its keys and its clock.</summary>
internal sealed class Site : IAsyncDisposable
{
    private Site(Ground ground, EmbeddedPostgres? embedded) => (Ground, Embedded) = (ground, embedded);

    public Ground Ground { get; }

    /// <summary>The program's own PostgreSQL; null: another one is used.</summary>
    public EmbeddedPostgres? Embedded { get; }

    /// <exception cref="RefusalException">With the sentence for the operator.</exception>
    /// <exception cref="SchemaException">The database is newer than the program.</exception>
    public static async Task<Site> OpenAsync(StartInput input, CancellationToken ct)
    {
        var (settings, surroundings) = SettingsLoader.Load(input);
        if (input.Demo)
            settings.Clock ??= DemoClock.Setting(PolicyBook.Load(surroundings.ConfigFolder), "cn-default", "Asia/Shanghai", TimeProvider.System.GetUtcNow());
        var embedded = settings.Database.ConnectionString is null
            ? await EmbeddedPostgres.OpenAsync(new(surroundings.DataFolder, settings.Database.Binaries), input.Serve, ct)
            : null;
        NpgsqlDataSource? source = null;
        try
        {
            source = DapperSetup.OpenSource(settings.Database.ConnectionString ?? embedded!.ConnectionString, settings.Database.PoolSize);
            await new Migrator(source).RunAsync(ct);
            var keyring = await KeyringFile.LoadAsync(
                source, Environment.GetEnvironmentVariable("CALLBACK_KEYRING"), surroundings.DataFolder, mayCreate: embedded is not null, ct);
            var time = new OffsetTimeProvider(TimeProvider.System)
            {
                Offset = await InstallationClock.AgreeAsync(source, settings.Clock, surroundings.Production, ct),
            };
            return new Site(new Ground(settings, surroundings, source, keyring, time), embedded);
        }
        catch
        {
            if (source is not null)
                await source.DisposeAsync();
            if (embedded is not null)
                await embedded.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ground.Source.DisposeAsync();
        if (Embedded is not null)
            await Embedded.DisposeAsync();
    }
}
