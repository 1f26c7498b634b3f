using Callback.Tests.Support;

namespace Callback.Tests.Calls;

/// <summary>A database for one test alone, where it changes what the whole installation shares.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly TestDatabase database = new();

    public async Task<TestDatabase> OpenAsync()
    {
        await database.InitializeAsync();
        return database;
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();
}
