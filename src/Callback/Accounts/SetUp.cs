using Callback.Auditing;
using Callback.Database;

namespace Callback.Accounts;

/// <param name="Code">From the console of the program's start.</param>
/// <param name="PasswordHash">Of the password the administrator chose; the host checked and hashed it.</param>
public sealed record SetUpInput(string Code, string Name, string? DisplayName, string PasswordHash, string Language);

/// <summary>The first start: a one-time code on the console opens the page that makes the first administrator.</summary>
public sealed class SetUp(Db db, TimeProvider time)
{
    private const string NeededSql = "select not exists (select from users where is_admin)";

    private const string KeepCodeSql =
        """
        insert into set_up_code (code_hash, created_at)
        values (@hash, @now)
        on conflict (one) do update set code_hash = excluded.code_hash, created_at = excluded.created_at
        """;

    private const string UseCodeSql = "delete from set_up_code where code_hash = @hash";

    private const string InsertSql =
        """
        insert into users (user_id, name, display_name, is_admin, language, password_hash, security_stamp, created_at)
        values (@userId, @name, @display, true, @Language, @PasswordHash, @stamp, @now)
        """;

    /// <summary>True until there is an administrator.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QuerySingleAsync<bool>(NeededSql, null, ct);
    }

    /// <summary>A new code for the console, in place of the one before; null when there is an administrator already.</summary>
    public async Task<string?> NewCodeAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        if (!await session.QuerySingleAsync<bool>(NeededSql, null, ct))
            return null;
        var code = OneTimeSecret.Readable(5);
        await session.ExecuteAsync(KeepCodeSql, new { hash = OneTimeSecret.Hash(code), now = time.GetUtcNow() }, ct);
        await session.CommitAsync();
        return code;
    }

    /// <returns>The administrator's id.</returns>
    /// <exception cref="InvalidInputException">The code is not the console's, or the name is not one.</exception>
    public async Task<Guid> RunAsync(SetUpInput input, CancellationToken ct)
    {
        var name = input.Name.Trim().ToLowerInvariant();
        var problems = UserPolicy.Problems(name, new(name, input.DisplayName, IsAdmin: true, [], input.Language));
        if (problems.Count > 0)
            throw new InvalidInputException([.. problems]);
        var now = time.GetUtcNow();
        var userId = Ids.New(now);
        var display = string.IsNullOrWhiteSpace(input.DisplayName) ? name : input.DisplayName.Trim();
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        var hash = OneTimeSecret.Hash(input.Code.Trim().ToLowerInvariant());
        if (await session.ExecuteAsync(UseCodeSql, new { hash }, ct) == 0 || !await session.QuerySingleAsync<bool>(NeededSql, null, ct))
            throw new InvalidInputException(Problem.Of("set-up-code-wrong", "code"));
        if (await UserQueries.FindByNameAsync(session, name, ct) is not null)
            throw new InvalidInputException(Problem.Of("user-name-taken", "name", ("name", name)));
        await session.ExecuteAsync(InsertSql, new { userId, name, display, input.Language, input.PasswordHash, stamp = OneTimeSecret.Token(), now }, ct);
        var actor = ActorOf.Pending(new() { UserId = userId, Name = name });
        await AuditTrail.AppendAsync(session, null, actor, now, "installation.set-up", $"user:{name}", new { }, ct);
        await session.CommitAsync();
        return userId;
    }
}
