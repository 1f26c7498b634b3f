using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Web.Settings;

namespace Callback.Web.Hosting;

/// <summary>What the command line said about where the program stands.</summary>
internal sealed record StartInput(string? Data, string? Config, IReadOnlyList<string> Set, bool Demo = false);

/// <summary>An opened installation: the ground, and what must be closed after it.</summary>
internal sealed class Site(Ground ground) : IAsyncDisposable
{
    public Ground Ground { get; } = ground;

    public static async Task<Site> OpenAsync(StartInput input, CancellationToken ct)
    {
        var settings = new CallbackSettings();
        var surroundings = new Surroundings(input.Config ?? Places.ConfigFolder(), Path.GetFullPath(input.Data ?? settings.Data), settings.Environment == "Production", input.Demo);
        var connectionString = Environment.GetEnvironmentVariable("CALLBACK__DATABASE__CONNECTIONSTRING")
            ?? throw new RefusalException("No database: set CALLBACK__DATABASE__CONNECTIONSTRING.");
        var source = DapperSetup.OpenSource(connectionString, settings.Database.PoolSize);
        await new Migrator(source).RunAsync(ct);
        return new Site(new Ground(settings, surroundings, source, Keyring.Create(), TimeProvider.System));
    }

    public ValueTask DisposeAsync() => Ground.Source.DisposeAsync();
}
