using Callback.Calls;
using Callback.Campaigns;
using Callback.Database;
using Callback.Orders;
using Callback.Planning;

namespace Callback.Practice;

/// <param name="Call">Of the course; the same call again brings the same customer with the same words.</param>
public sealed record StartPracticeCallInput(ShopId Shop, string Course, string Call);

public abstract record StartPracticeCallResult
{
    private StartPracticeCallResult()
    {
    }

    /// <param name="Other">The agent had another card in hand, which goes first.</param>
    public sealed record OnTheDesk(Guid HoldId, bool Other) : StartPracticeCallResult;

    /// <param name="OpensAt">The practice shop keeps hours and is closed till then; null: the order did not come into the queue.</param>
    public sealed record NotHandedOut(DateTimeOffset? OpensAt) : StartPracticeCallResult;
}

/// <summary>
/// Brings one call of a course to the agent's desk by the way every call takes: an order is invented and taken in, the planner queues it, and the agent holds it.
/// An order that was made for the call before and never dialed is brought up to date instead of making another one.
/// </summary>
public sealed class StartPracticeCall(
    Db db, TimeProvider time, PracticeBook book, UpsertOrders upsert, CampaignPresets presets, CreateCampaign createCampaign, StartCampaign startCampaign, Planner planner, HoldNextCall hold)
{
    private static readonly Actor Maker = Actor.System("practice");

    /// <exception cref="InvalidInputException"><c>agent-required</c>, <c>course-unknown</c>, <c>course-call-unknown</c>, <c>practice-shop-only</c>, <c>practice-no-campaign</c>.</exception>
    public async Task<StartPracticeCallResult> RunAsync(Actor actor, StartPracticeCallInput input, CancellationToken ct)
    {
        actor.Demand(Permission.TakeCalls, input.Shop);
        var agent = actor.UserId ?? throw new InvalidInputException(Problem.Of("agent-required"));
        var course = book.FindCourse(input.Course) ?? throw new InvalidInputException(Problem.Of("course-unknown", "course", ("value", input.Course)));
        var call = course.Calls.FirstOrDefault(call => call.Id == input.Call) ?? throw new InvalidInputException(Problem.Of("course-call-unknown", "call", ("value", input.Call)));
        var campaigns = await CampaignsAsync(input.Shop, call.Purpose, ct);
        var now = time.GetUtcNow();
        var made = await MakeAsync(input.Shop, agent, course, call, now, ct);
        await upsert.RunAsync(Maker, new(input.Shop, [PracticeOrders.Make(made.No, call, made.Shop, made.Place, now)]), ct);
        await planner.RunOnceAsync(input.Shop, time.GetUtcNow(), ct);
        return await hold.RunAsync(actor, new([.. campaigns.Select(id => new CampaignKey(input.Shop, id))]), ct) switch
        {
            HoldResult.Held held => new StartPracticeCallResult.OnTheDesk(held.HoldId, held.InHandBefore),
            HoldResult.NothingWaiting nothing => new StartPracticeCallResult.NotHandedOut(nothing.OpensAt),
            _ => throw new InvalidOperationException("A hold is there or it is not."),
        };
    }

    /// <summary>Writes down whose order it is before the order exists: from its first moment in the queue nobody else can be handed it.</summary>
    private async Task<Made> MakeAsync(ShopId shop, Guid agent, Course course, CourseCall call, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        var info = await session.QuerySingleAsync<PracticeShop>("select practice, language, zone, currency from shops where shop_id = @shop", new { shop }, ct);
        if (!info.Practice)
            throw new InvalidInputException(Problem.Of("practice-shop-only"));
        var run = await PracticeRuns.TakeAsync(session, shop, agent, course.Id, now, ct);
        var no = await session.QuerySingleOrDefaultAsync<string>(
            """
            select p.order_no
            from practice_calls p
            where p.shop_id = @shop and p.run_id = @run and p.call_id = @call and p.customer = @customer and p.seed = @seed
                and not exists (select from attempt_rights r where r.shop_id = p.shop_id and r.order_no = p.order_no)
            order by p.made_at desc
            limit 1
            """,
            new { shop, run, call = call.Id, customer = call.Customer.Id, call.Seed },
            ct) ?? $"LX-{Ids.New(now).ToString("N")[^12..].ToUpperInvariant()}";
        var place = await session.QuerySingleAsync<long>(
            """
            insert into practice_calls (shop_id, order_no, run_id, agent_id, call_id, customer, seed, made_at)
            values (@shop, @no, @run, @agent, @call, @customer, @Seed, @now)
            on conflict (shop_id, order_no) do update set made_at = excluded.made_at
            returning place
            """,
            new { shop, no, run, agent, call = call.Id, customer = call.Customer.Id, call.Seed, now },
            ct);
        await session.CommitAsync();
        return new(OrderNo.Parse(no), info, place);
    }

    private async Task<IReadOnlyList<Guid>> CampaignsAsync(ShopId shop, Purpose purpose, CancellationToken ct)
    {
        IReadOnlyList<Campaign> all;
        await using (var session = await db.BeginAsync(shop, ct))
            all = await CampaignQueries.ListAsync(session, shop, ct);
        var running = all.Where(campaign => campaign.Purpose == purpose && campaign.Status == CampaignStatus.Running).Select(campaign => campaign.CampaignId).ToList();
        if (running.Count > 0)
            return running;
        var preset = presets.All.FirstOrDefault(preset => preset.Purpose == purpose) ?? throw new InvalidInputException(Problem.Of("practice-no-campaign", "purpose", ("value", purpose.ToString())));
        var code = $"practice-{preset.Code}-{all.Count + 1}";
        var made = await createCampaign.RunAsync(Maker, new(shop, preset.Code, code), ct);
        await startCampaign.RunAsync(Maker, new(shop, made.CampaignId), ct);
        return [made.CampaignId];
    }

    private sealed record Made(OrderNo No, PracticeShop Shop, long Place);
}
