using Callback.Auditing;
using Callback.Database;

namespace Callback.Compensation;

public sealed record SwitchPromiseInput(ShopId Shop, PromiseKind Promise, bool On);

/// <summary>A manager says that the shop makes a promise, or does not. Counts from the next card on; what was granted stays.</summary>
public sealed class SwitchPromise(Db db, TimeProvider time)
{
    private const string Update = """
        update shops
        set facts = jsonb_set(facts, '{promises}', coalesce(facts -> 'promises', '{}') || jsonb_build_object(@promise::text, @On::boolean))
        where shop_id = @shop
        """;

    /// <param name="actor">Needs <see cref="Permission.ManageTasks"/>.</param>
    /// <param name="input">Which promise, and how it is to stand.</param>
    /// <param name="ct">Cancels before the commit.</param>
    public async Task RunAsync(Actor actor, SwitchPromiseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageTasks, input.Shop);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var promise = input.Promise.ToString();
        await session.ExecuteAsync(Update, new { shop = input.Shop, promise, input.On }, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, time.GetUtcNow(), "promise.switched", $"promise:{promise}", new { on = input.On }, ct);
        await session.CommitAsync();
    }
}
