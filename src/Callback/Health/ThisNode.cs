using System.Reflection;
using Callback.Database;
using Callback.Database.Clock;

namespace Callback.Health;

/// <summary>This process among the others: its row says that it runs, and how its clock and disk are.</summary>
public sealed class ThisNode(Db db, ClockHealth clock, Surroundings surroundings, TimeProvider time)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    public Guid Id { get; } = Ids.New(time.GetUtcNow());

    public ClockReading Clock => clock.Last;

    /// <returns>0 to 1; null: the disk does not say.</returns>
    public double? DiskFree()
    {
        try
        {
            var disk = new DriveInfo(surroundings.DataFolder);
            return disk.TotalSize == 0 ? null : (double)disk.AvailableFreeSpace / disk.TotalSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes the row, and takes those away that nobody has written for a day.</summary>
    public async Task SignAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await session.ExecuteAsync(
            """
            set local synchronous_commit = off;
            insert into nodes (node_id, name, version, started_at, seen_at, clock_difference, ran_back, disk_free)
            values (@Id, @name, @version, @startedAt, business_clock(), @Difference, @RanBack, @free)
            on conflict (node_id) do update
            set seen_at = excluded.seen_at, clock_difference = excluded.clock_difference, ran_back = excluded.ran_back, disk_free = excluded.disk_free;
            delete from nodes
            where seen_at < business_clock() - @Forgotten
            """,
            new { Id, name = Name, version = Version, startedAt, Clock.Difference, Clock.RanBack, free = DiskFree(), Forgotten },
            ct);
        await session.CommitAsync();
    }

    /// <summary>It stops: nobody is to wait for it.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await session.ExecuteAsync("delete from nodes where node_id = @Id", new { Id }, ct);
        await session.CommitAsync();
    }

    private static string Name { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    private static string Version { get; } = typeof(ThisNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
