using System.Collections.Frozen;
using Callback.Database;
using Dapper;

namespace Callback.Accounts;

/// <summary>Who a bearer key belongs to: asked on every request.</summary>
public sealed class FindApiKey(Db db, TimeProvider time)
{
    // With an agent, the key is worth what the agent is: gone from the shop or disabled, it opens nothing.
    private const string Sql =
        $"""
        with found as (
            select shop_id, key_id, name, scopes, agent_id, last_used_at
            from api_keys
            where shop_id = @shop and key_hash = @hash and revoked_at is null and (expires_at is null or expires_at > @now)
        ), used as (
            update api_keys k
            set last_used_at = @now
            from found f
            where k.shop_id = f.shop_id and k.key_id = f.key_id and (f.last_used_at is null or f.last_used_at < @now - interval '1 minute')
        )
        select f.key_id, f.name as key_name, f.scopes, f.agent_id, r.held, {UserRow.Columns}
        from found f
        join shops h on h.shop_id = f.shop_id and h.closed_at is null
        left join users u on u.user_id = f.agent_id
        left join lateral (
            select array_agg(m.role) as held
            from memberships m
            where m.shop_id = f.shop_id and m.user_id = f.agent_id and m.role in ('Agent', 'Manager')) r on true
        where f.agent_id is null
            or (u.disabled_at is null and r.held is not null)
        """;

    /// <param name="key">As sent after <c>Bearer</c>.</param>
    /// <returns>Null when it opens nothing.</returns>
    public async Task<SignedIn?> RunAsync(string key, CancellationToken ct)
    {
        if (ApiKeyText.ShopOf(key) is not { } shop)
            return null;
        var args = new { shop, hash = OneTimeSecret.Hash(key), now = time.GetUtcNow() };
        await using var connection = await db.Source.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Sql, args, cancellationToken: ct));
        if (row is null)
            return null;
        var granted = KeyScopes.PermissionsOf(row.Scopes.Select(Enum.Parse<KeyScope>), [.. row.Held?.Select(Enum.Parse<Role>) ?? []]);
        var shops = new Dictionary<ShopId, FrozenSet<Permission>> { [shop] = granted }.ToFrozenDictionary();
        var name = row.AgentId is null ? $"key {row.KeyName}" : row.Name;
        var actor = new Actor(row.AgentId, name, shops, FrozenSet<Permission>.Empty);
        return new(actor, row.AgentId is null ? null : row.ToUser().User, SignInStage.Complete, SessionId: null, SecondFactorAt: null, row.KeyId);
    }

    private sealed class Row : UserRow
    {
        public Guid KeyId { get; init; }

        public string KeyName { get; init; } = "";

        public string[] Scopes { get; init; } = [];

        public string[]? Held { get; init; }

        public Guid? AgentId { get; init; }
    }
}
