using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <summary>Somebody who may have tasks.</summary>
public sealed record TaskOwner(Guid Id, string Name);

/// <summary>The agents and managers of shops, to filter by and to hand tasks to.</summary>
public sealed class TaskOwners(Db db)
{
    private const string Read = """
        select distinct u.user_id as id, u.display_name as name
        from memberships m
        join users u on u.user_id = m.user_id
        where m.shop_id = any(@shops)
            and m.role in ('Agent', 'Manager')
            and u.disabled_at is null
        order by u.display_name, u.user_id
        """;

    /// <param name="actor">Needs <see cref="Permission.ManageTasks"/> in every one of the shops.</param>
    /// <param name="shops">Whose people.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<IReadOnlyList<TaskOwner>> RunAsync(Actor actor, IReadOnlyList<ShopId> shops, CancellationToken ct)
    {
        foreach (var shop in shops)
            actor.Demand(Permission.ManageTasks, shop);
        await using var session = await db.BeginAsync(ShopScope.Of(shops), ct);
        return await session.QueryAsync<TaskOwner>(Read, new { shops = shops.Select(shop => shop.Value).ToArray() }, ct);
    }
}
