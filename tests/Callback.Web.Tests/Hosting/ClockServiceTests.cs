using Callback.Database.Clock;
using Callback.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Callback.Web.Tests.Hosting;

public sealed class ClockServiceTests
{
    /// <summary>A service that breaks ends its host. Npgsql throws more than its own exceptions when a database hands over its lead.</summary>
    [Fact]
    public async Task The_heart_beats_on_whatever_the_database_connection_throws()
    {
        var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody");
        await source.DisposeAsync();
        var (health, watch) = (new ClockHealth(), new EpochWatch(null));
        using var service = new ClockService(new ClockBeat(source, new OffsetTimeProvider(TimeProvider.System), health, watch), health, watch, NullLogger<ClockService>.Instance);

        await service.StartAsync(CancellationToken.None);

        Assert.False(service.ExecuteTask!.IsFaulted);
        await service.StopAsync(CancellationToken.None);
    }
}
