using Callback.Database;

namespace Callback.FollowUps.Log;

/// <summary>What the log's filters offer.</summary>
public sealed record LogChoiceLists(IReadOnlyList<LogChoice> Campaigns, IReadOnlyList<LogChoice> Agents);

public sealed record LogChoice(Guid Id, string Name);

/// <summary>The campaigns of a shop and everybody who ever took calls there, for the filters.</summary>
public sealed class LogChoices(Db db)
{
    private const string Campaigns = """
        select campaign_id as id, name
        from campaigns
        where shop_id = @shop
        order by name, campaign_id
        """;

    private const string Agents = """
        select u.user_id as id, u.display_name as name
        from users u
        where exists (select from memberships m where m.user_id = u.user_id and m.shop_id = @shop and m.role = 'Agent')
            or exists (select from attempts a where a.shop_id = @shop and a.agent_id = u.user_id)
        order by u.display_name, u.user_id
        """;

    public async Task<LogChoiceLists> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOwnLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var args = new { shop = shop.Value };
        var campaigns = await session.QueryAsync<LogChoice>(Campaigns, args, ct);
        return new(campaigns, actor.May(Permission.ViewLog, shop) ? await session.QueryAsync<LogChoice>(Agents, args, ct) : []);
    }
}
