using Callback.Auditing;
using Callback.Database;
using Npgsql;

namespace Callback.Accounts;

/// <param name="Name">What the key is for; shown in the list.</param>
/// <param name="Agent">The name of the agent or manager as whom it acts, or null.</param>
/// <param name="ExpiresAt">Null: until it is revoked.</param>
public sealed record AddApiKeyInput(ShopId Shop, string Name, IReadOnlyList<KeyScope> Scopes, string? Agent, DateTimeOffset? ExpiresAt);

/// <param name="Key">Shown this once; only its hash is kept.</param>
public sealed record AddedApiKey(Guid KeyId, string Key);

/// <summary>Makes a key of the API for one shop.</summary>
public sealed class AddApiKey(Db db, TimeProvider time)
{
    private const string InsertSql =
        """
        insert into api_keys (shop_id, key_id, key_hash, hint, name, scopes, agent_id, created_by, created_at, expires_at)
        values (@Shop, @keyId, @hash, @hint, @name, @scopes, @agentId, @by, @now, @ExpiresAt)
        """;

    /// <exception cref="InvalidInputException">No scope, a person who is neither agent nor manager of this shop, or an expiry that is past.</exception>
    /// <exception cref="ShopUnknownException">There is no such shop.</exception>
    public async Task<AddedApiKey> RunAsync(Actor actor, AddApiKeyInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageKeys, input.Shop);
        var now = time.GetUtcNow();
        Check(input, now);
        var key = ApiKeyText.New(input.Shop);
        var keyId = Ids.New(now);
        await using var session = await db.BeginAsync(ShopScope.Of(input.Shop), ct);
        var agentId = await AgentAsync(session, input, ct);
        var row = new
        {
            input.Shop,
            keyId,
            hash = OneTimeSecret.Hash(key),
            hint = ApiKeyText.Hint(key),
            name = input.Name.Trim(),
            scopes = input.Scopes.Distinct().Order().Select(scope => scope.ToString()).ToArray(),
            agentId,
            by = actor.Name,
            now,
            input.ExpiresAt,
        };
        await InsertAsync(session, row, input.Shop, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "key.added", $"key:{keyId}", new { row.scopes, input.Agent, input.ExpiresAt }, ct);
        await session.CommitAsync();
        return new(keyId, key);
    }

    private static void Check(AddApiKeyInput input, DateTimeOffset now)
    {
        if (input.Scopes.Count == 0)
            throw new InvalidInputException(Problem.Of("scopes-needed", "scopes"));
        if (input.Name.Trim().Length is 0 or > 64)
            throw new InvalidInputException(Problem.Of("key-name-form", "name"));
        if (input.ExpiresAt <= now)
            throw new InvalidInputException(Problem.Of("expiry-past", "expiresAt"));
    }

    private static async Task<Guid?> AgentAsync(Session session, AddApiKeyInput input, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(input.Agent))
            return null;
        var agent = await UserQueries.FindByNameAsync(session, input.Agent, ct);
        return agent is { User.DisabledAt: null } && (agent.Memberships.Contains(new(input.Shop, Role.Agent)) || agent.Memberships.Contains(new(input.Shop, Role.Manager)))
            ? agent.User.UserId
            : throw new InvalidInputException(Problem.Of("agent-unknown", "agent", ("agent", input.Agent), ("shop", input.Shop.Value)));
    }

    private static async Task InsertAsync(Session session, object row, ShopId shop, CancellationToken ct)
    {
        try
        {
            await session.ExecuteAsync(InsertSql, row, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new ShopUnknownException(shop);
        }
    }
}
