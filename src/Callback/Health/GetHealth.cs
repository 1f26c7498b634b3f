using Callback.Calls;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Planning;
using Callback.Telephony;
using Callback.Windows;

namespace Callback.Health;

/// <summary>Measures how the installation is: the figures of <see cref="HealthPolicy"/>, the server that answers, and the nodes.</summary>
public sealed class GetHealth(Db db, TimeProvider time, Telephony.Lines lines, CampaignFactsReader campaigns, ThisNode node, EpochWatch watch)
{
    private const string Adopted = """
        select i.epoch_adopted_at as at, (
            select actor_name
            from audit
            where shop_id = '-' and subject = 'installation' and action = 'epoch.adopted'
            order by at desc
            limit 1) as by
        from installation i
        """;

    private const string Nodes = """
        select node_id, name, version, started_at, seen_at, clock_difference as difference, ran_back, disk_free
        from nodes
        order by node_id <> @Id, started_at, node_id
        """;

    private const string Waiting = """
        select shop_id, campaign_id, zone_key, count(*) as calls
        from queued_calls
        where hold_id is null and due_at <= @now and fresh_until > @now
        group by shop_id, campaign_id, zone_key
        """;

    public async Task<HealthReport> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var (clock, refusal) = await GateClock.AskAsync(session, time, watch, ct);
        var values = (await session.QueryAsync<Measured>(HealthSql.Figures, Args(clock.Now), ct)).ToDictionary(row => row.Name, row => row.Value);
        var (open, closed) = await QueueAsync(session, clock.Now, ct);
        var (at, by) = await session.QuerySingleAsync<(DateTimeOffset?, string?)>(Adopted, null, ct);
        var epoch = new HealthEpoch(clock.KnownSystem is { } system ? new(system, clock.KnownTimeline ?? clock.Timeline) : null, new(clock.System, clock.Timeline), at, by, refusal);
        Add(values, epoch, open, closed);
        return new(
            clock.Now, epoch,
            [.. HealthPolicy.Limits.Select(limit => HealthPolicy.Judge(limit, values[limit.Name]))],
            await session.QueryAsync<HealthNode>(Nodes, new { node.Id }, ct));
    }

    private object Args(DateTimeOffset now) => new
    {
        now,
        day = now.AddDays(-1),
        week = now.AddDays(-7),
        lost = now - ProtocolTimes.Grace,
        sparing = lines.All.Where(line => line.Capabilities.AskAfter is not null).Select(line => line.Name).ToArray(),
    };

    private void Add(Dictionary<string, double?> values, HealthEpoch epoch, long open, long closed)
    {
        values[HealthPolicy.GateShut.Name] = epoch.Refusal is null ? 0 : 1;
        values[HealthPolicy.EpochChanged.Name] = epoch.Changed || epoch.Refusal == "EpochChanged" ? 1 : 0;
        values[HealthPolicy.ClockDifference.Name] = node.Clock.Difference.Duration().TotalSeconds;
        values[HealthPolicy.ClockRanBack.Name] = node.Clock.RanBack.TotalSeconds;
        values[HealthPolicy.QueueOpen.Name] = open;
        values[HealthPolicy.QueueClosed.Name] = closed;
        values[HealthPolicy.DiskFree.Name] = node.DiskFree();
    }

    /// <summary>What waits for an agent, by whether its window is open; a window is asked once for all calls of a campaign in the same zones.</summary>
    private async Task<(long Open, long Closed)> QueueAsync(Session session, DateTimeOffset now, CancellationToken ct)
    {
        var lanes = await session.QueryAsync<WaitingLane>(Waiting, new { now }, ct);
        var shops = lanes.Select(lane => lane.ShopId).Distinct().ToList();
        var facts = (await campaigns.ListAsync(session, shops, now, ct)).ToDictionary(campaign => (campaign.Campaign.Shop, campaign.Campaign.CampaignId));
        var open = lanes.Where(lane => WindowPolicy.At(facts[(lane.ShopId, lane.CampaignId)].Policy, new ZoneKey(lane.ZoneKey), now) is WindowState.Open).Sum(lane => lane.Calls);
        return (open, lanes.Sum(lane => lane.Calls) - open);
    }

    private sealed record Measured(string Name, double? Value);

    private sealed record WaitingLane(ShopId ShopId, Guid CampaignId, string ZoneKey, long Calls);
}
