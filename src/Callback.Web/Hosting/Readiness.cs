using Callback.Database;
using Callback.Database.Clock;
using Callback.Web.Jobs;
using Callback.Web.Settings;
using Dapper;
using Npgsql;

namespace Callback.Web.Hosting;

/// <summary>Whether this node should be sent requests, and if not, why.</summary>
internal sealed class Readiness(NpgsqlDataSource source, ClockHealth clock, JobsOptions jobs)
{
    /// <summary>A pass that was due this long ago and was not woken: no node of the cluster wakes passes.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(2);

    private const string Late = """
        select trigger_name
        from qrtz_triggers
        where sched_name = @Scheduler
          and (trigger_state = 'ERROR' or (trigger_state = 'WAITING' and next_fire_time < @limit))
        order by trigger_name
        limit 1
        """;

    public async Task<ReadinessReport> CheckAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            var pending = await new Migrator(source).PendingAsync(ct);
            return new ReadinessReport(
                new Finding(true, "answers"),
                pending.Count == 0 ? new Finding(true, "at this program's schema") : new Finding(false, $"{pending.Count} migrations are pending"),
                Clock(),
                await JobsAsync(connection, ct));
        }
        catch (Exception e) when (e is NpgsqlException or SchemaException or TimeoutException)
        {
            var unknown = new Finding(false, "not known without the database");
            return e is SchemaException
                ? new ReadinessReport(new Finding(true, "answers"), new Finding(false, e.Message), Clock(), unknown)
                : new ReadinessReport(new Finding(false, e.Message), unknown, Clock(), unknown);
        }
    }

    private Finding Clock() => new(
        clock.MayDial,
        clock.MayDial ? "goes with the database's" : $"off the database's by {clock.Last.Difference}, which ran back by {clock.Last.RanBack}: this node does not dial");

    private async Task<Finding> JobsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // The scheduler's own times are the machine's, not those of a moved clock; it keeps them as ticks.
        var limit = (TimeProvider.System.GetUtcNow() - Overdue).UtcTicks;
        var late = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(Late, new { JobsSetup.Scheduler, limit }, cancellationToken: ct));
        return late is not null ? new Finding(false, $"the pass '{late}' is overdue")
            : new Finding(true, jobs.Enabled ? "come round" : "come round on other nodes");
    }
}

public sealed record Finding(bool Ok, string Says);

/// <summary>What <c>/readyz</c> says.</summary>
public sealed record ReadinessReport(Finding Database, Finding Migrations, Finding Clock, Finding Jobs)
{
    public bool Ready => Database.Ok && Migrations.Ok && Clock.Ok && Jobs.Ok;
}
