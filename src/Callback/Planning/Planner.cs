using System.Collections.Concurrent;
using Callback.Campaigns;
using Callback.Database;

namespace Callback.Planning;

/// <summary>
/// Keeps the queue: what may be called is in it, what may not is out of it. One pass takes shop by shop, each with a lease, in transactions of bounded size;
/// it can be stopped between any two of them and goes on next time. Two passes at once share the shops.
/// </summary>
public sealed class Planner(Db db, CampaignFactsReader campaignFacts, FactsReader facts) : IPass
{
    /// <summary>Rows that one transaction handles.</summary>
    public const int Batch = 10_000;

    /// <summary>While one shop's rows are written, another's orders are judged; more would take connections from the agents.</summary>
    private const int ShopsAtOnce = 2;

    private readonly PlanOrders plan = new(facts);

    public string Name => "plan";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    async Task<object> IPass.RunOnceAsync(DateTimeOffset now, CancellationToken ct) => await RunOnceAsync(now, ct);

    /// <summary>One pass over all shops that have something to do.</summary>
    public async Task<PlanCounts> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var counts = new ConcurrentBag<PlanCounts>();
        await Parallel.ForEachAsync(
            await ShopsAsync(now, ct),
            new ParallelOptions { MaxDegreeOfParallelism = ShopsAtOnce, CancellationToken = ct },
            async (shop, stop) => counts.Add(await RunOnceAsync(shop, now, stop)));
        return counts.Aggregate(PlanCounts.None, PlanCounts.Add);
    }

    /// <summary>
    /// One pass over one shop. It ends where another pass has the shop's lease: whoever goes on has taken, or will take, every step in order, so that no step is left out.
    /// </summary>
    public Task<PlanCounts> RunOnceAsync(ShopId shop, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(shop, now, [ClearStoppedAsync, ClearStaleAsync, RefillAsync, RecheckAsync, GrantsAsync, CandidatesAsync], ct);

    /// <summary>Only the further calls whose time has come, over all shops: a promise is kept to the minute, so this runs more often than the whole pass.</summary>
    public async Task<PlanCounts> QueueDueGrantsAsync(DateTimeOffset now, CancellationToken ct)
    {
        var counts = PlanCounts.None;
        foreach (var shop in await DueGrants.ShopsAsync(db, now, ct))
            counts += await RunAsync(shop, now, [GrantsAsync], ct);
        return counts;
    }

    /// <summary>Each step as often as it fills a batch. Steps that touch nothing share a transaction with the next: most shops have work for one of them only.</summary>
    private async Task<PlanCounts> RunAsync(ShopId shop, DateTimeOffset now, Func<Session, ShopWork, CancellationToken, Task<StepResult>>[] steps, CancellationToken ct)
    {
        var counts = PlanCounts.None;
        for (var next = 0; next < steps.Length;)
        {
            ct.ThrowIfCancellationRequested();
            await using var session = await db.BeginAsync(shop, ct);
            if (!await ShopLease.TryTakeAsync(session, shop, ct))
                break;
            var work = new ShopWork(shop, now, await campaignFacts.ListAsync(session, shop, now, ct));
            StepResult result;
            do
            {
                result = await steps[next](session, work, ct);
                counts += result.Counts;
                next += result.More ? 0 : 1;
            }
            while (result.Rows == 0 && next < steps.Length);
            await session.CommitAsync();
        }
        return counts;
    }

    /// <summary>Calls of campaigns that were paused or ended since.</summary>
    private static async Task<StepResult> ClearStoppedAsync(Session session, ShopWork work, CancellationToken ct)
    {
        var stopped = work.Campaigns.Where(campaign => campaign.Campaign.Status != CampaignStatus.Running).Select(campaign => campaign.Campaign.CampaignId).ToArray();
        return stopped.Length == 0
            ? StepResult.Done
            : StepResult.Of(await QueueClearing.StoppedAsync(session, work.Shop, stopped, work.Now, Batch, ct), Batch);
    }

    /// <summary>Calls that were planned for a window which is over.</summary>
    private static async Task<StepResult> ClearStaleAsync(Session session, ShopWork work, CancellationToken ct) =>
        StepResult.Of(await QueueClearing.StaleAsync(session, work.Shop, work.Now, Batch, ct), Batch);

    /// <summary>Orders that a campaign has not seen yet because it was started or its limits were changed after they came.</summary>
    private static async Task<StepResult> RefillAsync(Session session, ShopWork work, CancellationToken ct)
    {
        var (offered, campaigns) = await CandidateRefill.RunAsync(session, work.Shop, work.Now, Batch, ct);
        return new(PlanCounts.None, offered, More: campaigns > 0);
    }

    private Task<StepResult> RecheckAsync(Session session, ShopWork work, CancellationToken ct) => QueueRecheck.RunAsync(session, work, facts, plan, ct);

    private Task<StepResult> GrantsAsync(Session session, ShopWork work, CancellationToken ct) => DueGrants.RunAsync(session, work, facts, plan, ct);

    private async Task<StepResult> CandidatesAsync(Session session, ShopWork work, CancellationToken ct)
    {
        var counts = PlanCounts.None;
        var (rows, more) = (0, false);
        foreach (var campaigns in work.Campaigns.GroupBy(campaign => campaign.Campaign.Purpose))
        {
            if (campaigns.All(campaign => campaign.Campaign.Status != CampaignStatus.Running))
                continue;
            var due = await TakeDueAsync(session, work, campaigns.Key, ct);
            counts += await plan.RunAsync(session, [.. campaigns], [.. due.Select(order => new OrderToPlan(order))], work.Now, ct);
            more |= due.Count == Batch;
            rows += due.Count;
        }
        return new(counts, rows, more);
    }

    private static Task<IReadOnlyList<OrderNo>> TakeDueAsync(Session session, ShopWork work, Purpose purpose, CancellationToken ct) =>
        session.QueryAsync<OrderNo>(
            """
            delete from candidates c
            where c.ctid = any(array(
                select due.ctid
                from candidates due
                where due.shop_id = @Shop and due.purpose = @purpose and due.due_at <= @Now
                order by due.due_at, due.order_no
                limit @Batch
                for update skip locked))
            returning c.order_no
            """,
            new { work.Shop, purpose = purpose.ToString(), work.Now, Batch },
            ct);

    /// <summary>The shops with anything due; where nothing is, this one statement is the whole pass.</summary>
    private async Task<IReadOnlyList<ShopId>> ShopsAsync(DateTimeOffset now, CancellationToken ct)
    {
        // By key: right after a full pass the statistics still say that the queue is empty, and reading it whole for every shop would look cheap.
        await using var session = await db.BeginByKeyAsync(ShopScope.All, ct);
        return await session.QueryAsync<ShopId>(
            """
            select s.shop_id
            from shops s
            where s.closed_at is null
                and exists (select from campaigns c where c.shop_id = s.shop_id and c.status <> 'Draft')
                and (
                    exists (
                        select
                        from campaigns c
                        where c.shop_id = s.shop_id
                            and c.status = 'Running'
                            and (c.refill_from is not null or exists (
                                select
                                from candidates k
                                where k.shop_id = c.shop_id and k.purpose = c.purpose and k.due_at <= @now)))
                    or exists (select from queued_calls q where q.shop_id = s.shop_id and q.hold_id is null and q.fresh_until < @now)
                    or exists (select from queued_calls q where q.shop_id = s.shop_id and q.hold_id is null and q.planned_at < @recheck)
                    or exists (
                        select
                        from campaigns c
                        join queued_calls q on q.shop_id = c.shop_id and q.campaign_id = c.campaign_id
                        where c.shop_id = s.shop_id and c.status in ('Paused', 'Ended') and q.hold_id is null)
                    or exists (select from call_grants g where g.shop_id = s.shop_id and g.not_before <= @now and g.closed_at is null))
            order by s.shop_id
            """,
            new { now, recheck = now - QueueRecheck.After },
            ct);
    }
}

/// <summary>One transaction's view of a shop.</summary>
internal sealed record ShopWork(ShopId Shop, DateTimeOffset Now, IReadOnlyList<CampaignFacts> Campaigns);

/// <param name="Rows">What it touched; none: nothing was written.</param>
/// <param name="More">The batch was full: there may be more.</param>
internal sealed record StepResult(PlanCounts Counts, int Rows, bool More)
{
    public static readonly StepResult Done = new(PlanCounts.None, 0, false);

    public static StepResult Of(int rows, int full) => new(PlanCounts.None, rows, rows >= full);
}
