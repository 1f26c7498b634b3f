using Callback.Database.Embedded;
using Callback.Database.PersonalData;
using Callback.Database.Recovery;
using Callback.Tests.Support;

namespace Callback.Tests.Database.Recovery;

/// <summary>A database of the program's own with one backup of it, shared by tests that change neither; each makes its copies and its data folders itself.</summary>
public sealed class OwnCluster : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private readonly TempFolder temp = new();

    public Keyring Keys { get; } = Keyring.Create();

    public EmbeddedPostgres Postgres { get; private set; } = null!;

    public TestDatabase Database { get; private set; } = null!;

    public string Data => Under("data");

    public string Backup => Under("backup");

    public BackupManifest Made { get; private set; } = null!;

    public string Under(string name) => temp.Under(name);

    public async Task InitializeAsync()
    {
        Postgres = await EmbeddedPostgres.OpenAsync(new(Data), serve: true, CancellationToken.None);
        Database = await TestDatabase.OverAsync(Postgres.ConnectionString);
        Made = await BackUpAsync(Backup);
    }

    public Task<BackupManifest> BackUpAsync(string target, Action<int>? progress = null, CancellationToken ct = default) =>
        Postgres.BackUpAsync(new(target, Keys, "test", progress ?? (_ => { })), ct);

    /// <summary>A copy of the backup that a test may spoil.</summary>
    public async Task<string> CopyAsync(string name)
    {
        var answer = await Programs.RunAsync(["cp", "--recursive", Backup, Under(name)], CancellationToken.None);
        Assert.True(answer.Done, answer.Error);
        return Under(name);
    }

    public Task<RestoredCluster> RestoreAsync(string backup, string into, bool replace = false, Keyring? keys = null) =>
        RestoreDatabase.RunAsync(new(backup, new(into), keys ?? Keys, KeepKeyring: true, replace, Now), CancellationToken.None);

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        await Postgres.DisposeAsync();
        temp.Dispose();
    }
}
