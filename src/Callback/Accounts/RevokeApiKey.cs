using Callback.Auditing;
using Callback.Database;

namespace Callback.Accounts;

/// <summary>A key as the list shows it.</summary>
public sealed class ApiKeyEntry
{
    public const string Columns =
        """
        k.shop_id as shop, k.key_id, k.hint, k.name, k.scopes, u.name as agent, k.created_by, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
        """;

    public ShopId Shop { get; init; }

    public Guid KeyId { get; init; }

    public string Hint { get; init; } = "";

    public string Name { get; init; } = "";

    public string[] Scopes { get; init; } = [];

    public string? Agent { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>Lists the keys of all shops and takes one out of force; its next request fails.</summary>
public sealed class RevokeApiKey(Db db, TimeProvider time)
{
    private const string ListSql =
        $"""
        select {ApiKeyEntry.Columns}
        from api_keys k
        left join users u on u.user_id = k.agent_id
        where (@beforeId is null or k.key_id < @beforeId)
        order by k.key_id desc
        limit @limit
        """;

    private const string RevokeSql =
        """
        update api_keys
        set revoked_at = @now
        where shop_id = @shop and key_id = @keyId and revoked_at is null
        """;

    /// <summary>The newest first, those before a key's id.</summary>
    public async Task<IReadOnlyList<ApiKeyEntry>> PageAsync(Actor actor, Guid? beforeId, int limit, CancellationToken ct)
    {
        actor.Demand(Permission.ManageKeys);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<ApiKeyEntry>(ListSql, new { beforeId, limit }, ct);
    }

    /// <exception cref="InvalidInputException">There is no such key in force.</exception>
    public async Task RunAsync(Actor actor, ShopId shop, Guid keyId, CancellationToken ct)
    {
        actor.Demand(Permission.ManageKeys, shop);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(shop, ct);
        if (await session.ExecuteAsync(RevokeSql, new { shop, keyId, now }, ct) == 0)
            throw new InvalidInputException(Problem.Of("key-unknown", "key"));
        await AuditTrail.AppendAsync(session, shop, actor, now, "key.revoked", $"key:{keyId}", new { }, ct);
        await session.CommitAsync();
    }
}
