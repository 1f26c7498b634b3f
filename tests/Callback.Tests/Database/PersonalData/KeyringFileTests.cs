using Callback.Database.PersonalData;
using Callback.Tests.Support;
using Dapper;

namespace Callback.Tests.Database.PersonalData;

public sealed class KeyringFileTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime, IDisposable
{
    private readonly TempFolder data = new();

    public async Task InitializeAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("update installation set keyring_mark = null");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_first_start_makes_a_keyring_that_only_its_owner_reads()
    {
        var made = await LoadAsync(mayCreate: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.Under("keyring.json")));
        Assert.Equal(made.ToJson(), (await LoadAsync(mayCreate: true)).ToJson());
    }

    [Fact]
    public async Task A_missing_keyring_is_refused_where_it_must_be_brought()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => LoadAsync(mayCreate: false));
        Assert.Contains("CALLBACK_KEYRING", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(data.Under("keyring.json")));
    }

    [Fact]
    public async Task A_lost_keyring_is_never_replaced_by_a_new_one()
    {
        await LoadAsync(mayCreate: true);
        File.Delete(data.Under("keyring.json"));
        await Assert.ThrowsAsync<RefusalException>(() => LoadAsync(mayCreate: true));
        Assert.False(File.Exists(data.Under("keyring.json")));
    }

    [Fact]
    public async Task Another_database_s_keyring_is_refused()
    {
        await LoadAsync(mayCreate: true);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => LoadAsync(mayCreate: true, Keyring.Create().ToJson()));
        Assert.Contains("not the one this database was filled with", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyring_that_others_can_read_is_refused()
    {
        await LoadAsync(mayCreate: true);
        File.SetUnixFileMode(data.Under("keyring.json"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => LoadAsync(mayCreate: true));
        Assert.Contains("chmod 600", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_keyring_is_named_and_not_shown()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => LoadAsync(mayCreate: true, "{\"current\":\"k1\",\"encryption\":{\"k1\":\"c2hvcnQ=\"},\"index\":\"c2hvcnQ=\"}"));
        Assert.StartsWith("CALLBACK_KEYRING:", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ=", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => data.Dispose();

    private Task<Keyring> LoadAsync(bool mayCreate, string? environment = null) =>
        KeyringFile.LoadAsync(database.Source, environment, data.Path, mayCreate, CancellationToken.None);
}
